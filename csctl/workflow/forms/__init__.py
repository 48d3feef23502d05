"""Forms out to raters, and back as tables that the next run reads."""
