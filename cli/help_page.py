"""The commands to read: ``python -m cli.help_page`` writes ``docs/reference/commands.md`` from the help texts."""

import re
from collections.abc import Iterator
from pathlib import Path

from typer.testing import CliRunner

from cli.main import app, factors_app

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "commands.md"

_INTRO = """# Commands

Made by `python -m cli.help_page` from the help texts; do not edit it by hand. Results go to standard output, everything
else to standard error. Exit codes: 0 done (gaps and warnings included), 1 unexpected or output cannot be written,
2 usage, 3 input invalid or `--final` with gaps, 4 something rightly named is not here, 5 a verification failed.
`NO_COLOR` turns colours off; off a terminal there are none.
"""


def page() -> str:
    """Text of the page."""
    return _INTRO + "".join(_sections())


def _sections() -> Iterator[str]:
    for group, prefix in ((app, ()), (factors_app, ("factors",))):
        for command in group.registered_commands:
            name = command.name or getattr(command.callback, "__name__", "")
            words = (*prefix, name)
            said = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1"}).invoke(app, [*words, "--help"], prog_name="jalki")
            text = re.sub(r"[ \t]+$", "", said.stdout, flags=re.MULTILINE).strip()
            yield f"\n## jalki {' '.join(words)}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
