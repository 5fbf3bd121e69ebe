"""`python -m engine SPEC.json` trains a network from a file."""

import sys

from engine.cli import main

if __name__ == "__main__":
    sys.exit(main())
