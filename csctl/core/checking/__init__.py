"""Required fields, deadlines, order of steps and phrases: rows that pass or fail."""
