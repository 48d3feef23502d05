"""Appeals against a score or a fine: filed within a window, decided by a deadline, one item each."""
