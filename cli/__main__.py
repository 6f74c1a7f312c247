"""``python -m cli`` is ``jalki``."""

from cli.main import main

main()
