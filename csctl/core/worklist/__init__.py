"""Who must do what by when."""
