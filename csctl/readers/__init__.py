"""From messy exports to canonical rows and problems."""
