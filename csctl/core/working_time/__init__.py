"""Working time: from punches, counts, leave and punch fixes to the measures ``attendance.<name>``."""
