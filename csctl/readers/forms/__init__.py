"""Forms that came back: what they are, where their answers stand, and what these say."""
