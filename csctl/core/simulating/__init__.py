"""What would be: under another policy, or with one item better."""
