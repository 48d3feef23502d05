"""Reviews of the ladder, and the decisions booked about them."""
