"""From a workspace to the lines of a month: everything before anything is written."""
