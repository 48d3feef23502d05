"""Pure computation: canonical tables and a policy in, lines out. No files, no screen, no clock."""
