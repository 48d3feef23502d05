"""Which contacts to review, and what a review of so few tells."""
