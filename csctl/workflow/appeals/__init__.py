"""Appeals: filed by hand or on forms, decided, and what they move."""
