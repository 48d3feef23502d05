"""The guide: its pages say what is so."""
