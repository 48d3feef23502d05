"""A folder of exports that nobody has described becomes a workspace: proposed, asked about where in doubt, written."""
