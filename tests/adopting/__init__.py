"""A folder of exports becomes a workspace: on invented foreign folders, and by what its commands promise."""
