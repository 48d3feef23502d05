"""The month as pages for a browser: one file each, nothing fetched, nothing that runs."""
