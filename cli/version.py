"""``jalki --version``."""

import sys
from importlib.metadata import version


def print_version() -> None:
    """Print the version of Jälki."""
    sys.stdout.write(f"jalki {version('jalki')}\n")
