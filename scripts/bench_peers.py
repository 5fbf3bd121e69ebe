"""Install the libraries the benchmark compares with, as far as they are to be had here."""

import subprocess
import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def main() -> int:
    """Install each requirement by itself, so that one that fails does not cost the others."""
    peers = tomllib.loads(PYPROJECT.read_text())["dependency-groups"]["bench"]
    missing = [peer for peer in peers if not install(peer)]
    for peer in missing:
        print(f"{peer} could not be installed: the benchmark runs without it.")
    return len(missing)


def install(requirement: str) -> bool:
    """Say whether a wheel of the requirement is installed now. Nothing is compiled."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--only-binary=:all:"]
    return subprocess.run([*pip, requirement], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
