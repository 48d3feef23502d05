"""Forms that people fill in: which of them there are, what each asks, and what comes back."""
