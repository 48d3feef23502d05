"""From figures and scores to pay lines of whole cents."""
