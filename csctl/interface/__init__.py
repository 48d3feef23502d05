"""The public interface: a workspace opened from Python, its months as pandas frames. ``csctl.open`` leads here."""
