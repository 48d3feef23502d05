"""``python -m csctl`` is ``csctl``."""

from csctl.cli import main

if __name__ == "__main__":
    main()
