"""Months signed off and sealed, one or several, and late data booked afterwards."""
