"""Invented folders of foreign systems, each with the key of what its files mean."""
