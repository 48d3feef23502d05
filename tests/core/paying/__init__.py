"""Components of pay, each with its law."""
