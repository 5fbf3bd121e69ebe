"""`python -m engine SPEC.json` trains from a file, `python -m engine search SEARCH.json` searches."""

import sys

from engine.cli import main

if __name__ == "__main__":
    sys.exit(main())
