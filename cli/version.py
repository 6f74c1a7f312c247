"""``jalki --version``."""

from importlib.metadata import version

from cli.output import show


def print_version() -> None:
    """Print the version of Jälki."""
    show(f"jalki {version('jalki')}")
