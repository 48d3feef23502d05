"""What labour law would say: advice with article and amount that never changes pay."""
