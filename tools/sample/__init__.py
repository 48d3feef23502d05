"""The invented team behind sample_data: who they are, what they did, and the files that report it."""
