"""On how many examples a law is tried, and which: the same few in every default run, more where CSCTL_EXAMPLES says so,
as the gates do, and others each time where CSCTL_SEARCH is set, as whoever looks for a counterexample does.
"""

from __future__ import annotations

import os

ORDINARY = int(os.environ.get("CSCTL_EXAMPLES", "15"))
"""Examples of a law that costs nothing to try."""
SEARCHES = "CSCTL_SEARCH" in os.environ
"""Whether the examples are new ones: a commit that passed its gates passes them again, a search may find more."""
_ONCE = 40


def drawn(examples: int) -> int:
    """So many, where the ordinary law has 40: one whose examples are dear, or weak, has fewer or more than that."""
    return max(1, examples * ORDINARY // _ONCE)
