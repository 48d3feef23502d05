"""Questions asked again while nothing changed; loaded before csctl itself, so nothing here takes time to import."""
