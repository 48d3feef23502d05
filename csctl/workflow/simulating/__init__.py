"""What if: closed months under another policy, and the way to the next level."""
