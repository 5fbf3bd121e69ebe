"""Install the libraries that the benchmark and some tests compare with, as far as they are to be had here.

python scripts/install_peers.py [torch] [scikit-learn] [optuna]
"""

import subprocess
import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
TORCH_CPU = "https://download.pytorch.org/whl/cpu"


def main(names: list[str]) -> int:
    """Install each library by itself, so that one that fails does not cost the others."""
    peers = tomllib.loads(PYPROJECT.read_text())["dependency-groups"]["bench"]
    chosen = [peer for peer in peers if not names or peer.partition("==")[0] in names]
    missing = [peer for peer in chosen if not install(peer)]
    for peer in missing:
        print(f"{peer} could not be installed: what compares with it is left out.")
    return len(missing)


def install(requirement: str) -> bool:
    """Say whether a wheel of the requirement is installed now. Nothing is compiled."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--only-binary=:all:", "--retries=1"]
    if requirement.startswith("torch==") and sys.platform == "linux":
        # on Linux PyPI has only the build for graphics cards, which is gigabytes larger
        requirement += "+cpu"
        pip += ["--extra-index-url", TORCH_CPU]
    return subprocess.run([*pip, requirement], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
