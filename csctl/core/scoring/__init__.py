"""From figures and ratings to score lines and scores."""
