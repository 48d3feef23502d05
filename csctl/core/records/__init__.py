"""What the rooms of the core hand to each other: records that import no room."""
