"""Where things go: results to standard output, everything else to standard error, files beside and then renamed."""

import json as json_format
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypeVar

from factors.problem_kinds import KINDS
from factors.problems import Problem

if TYPE_CHECKING:
    from templates.texts import Texts

DONE, FAILED, USAGE, INVALID, ABSENT, UNVERIFIED = 0, 1, 2, 3, 4, 5
SCHEMA_VERSION = 1

COLOURS = {"error": "31", "gap": "33", "warning": "36", "strong": "1", "quiet": "2"}
"""Codes of the terminal for what is painted."""

AFTER = 1.0
"""Seconds before progress is shown."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Console:
    """What a command says, in one language; ``quiet`` leaves only errors and what was asked for as JSON."""

    language: str
    quiet: bool = False

    @property
    def texts(self) -> "Texts":
        """Texts of the language."""
        from templates.texts import Texts

        return Texts(self.language)

    def tell(self, text: str, **values: object) -> None:
        """Write a translated line to standard error."""
        if not self.quiet:
            line(self.texts(text, **values))

    def note(self, text: str) -> None:
        """Write a line that is in the language already to standard error."""
        if not self.quiet:
            line(text)

    def show(self, text: str) -> None:
        """Write a result to standard output."""
        if not self.quiet:
            sys.stdout.write(text + "\n")

    def show_json(self, document: Mapping[str, Any]) -> None:
        """Write one JSON document to standard output."""
        sys.stdout.write(json_format.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n")

    def stop(self, code: int, text: str, **values: object) -> NoReturn:
        """End the command with a translated line on standard error."""
        line(f"jalki: {self.texts(text, **values)}")
        raise SystemExit(code)

    def counted(self, items: Iterable[Item], count: int) -> Iterator[Item]:
        """Hand items on, and show on a terminal how many of ``count`` are done once a second has passed."""
        import time

        begun, shown = time.monotonic(), False
        for done, item in enumerate(items, start=1):
            if time.monotonic() - begun > AFTER and sys.stderr.isatty() and not self.quiet:
                shown = True
                _draw(f"{done} / {count}")
            yield item
        if shown:
            _draw("")

    @contextmanager
    def stage(self, text: str, **values: object) -> Iterator[None]:
        """Show on a terminal what is being done, once it has taken a second; gone when it is done."""
        if self.quiet or not sys.stderr.isatty():
            yield
            return
        import threading

        timer = threading.Timer(AFTER, _draw, [self.texts(text, **values) + " …"])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            _draw("")

    def write_files(self, contents: Mapping[Path, bytes | Iterable[bytes]]) -> None:
        """Write files beside their places, then rename them there: all of them, or none.

        Raises
        ------
        SystemExit
            With code 1 where one cannot be written.
        """
        beside: dict[Path, Path] = {}
        try:
            for path, content in contents.items():
                if path.is_dir():
                    raise IsADirectoryError(21, self.texts("it is a folder"))
                descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
                beside[path] = Path(name)
                with os.fdopen(descriptor, "wb") as file:
                    file.writelines([content] if isinstance(content, bytes) else content)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).chmod(0o644)
            for path, written in beside.items():
                written.replace(path)
        except OSError as error:
            self.stop(FAILED, "{path} cannot be written: {reason}", path=path, reason=error.strerror)
        finally:
            for written in beside.values():
                written.unlink(missing_ok=True)
        for path in contents:
            self.tell("wrote {path}", path=path)

    def existing(self, path: Path) -> Path:
        """Return a path that names a file.

        Raises
        ------
        SystemExit
            With code 2 where there is none.
        """
        if not path.is_file():
            self.stop(USAGE, "there is no file {path}", path=path)
        return path

    def folder_of(self, file: Path, output: Path | None) -> Path:
        """Return the folder for results: as asked for, else that of the file.

        Raises
        ------
        SystemExit
            With code 2 where there is no file or no folder.
        """
        self.existing(file)
        folder = file.parent if output is None else output
        if not folder.is_dir():
            self.stop(USAGE, "there is no folder {path}", path=folder)
        return folder

    def new_workbook(self, path: Path) -> Path:
        """Return a path where a workbook can be written; an existing file is never replaced, it may be an inventory.

        Raises
        ------
        SystemExit
            With code 2 where there is a file already, no folder, or another ending.
        """
        if path.suffix.lower() != ".xlsx":
            self.stop(USAGE, "{path} does not end in .xlsx", path=path)
        if path.exists() or path.is_symlink():
            self.stop(USAGE, "{path} exists already; give another name", path=path)
        if not path.parent.is_dir():
            self.stop(USAGE, "there is no folder {path}", path=path.parent)
        return path


def _draw(text: str) -> None:
    """Draw a line of progress over the one before."""
    sys.stderr.write(f"\r\033[K{text}")
    sys.stderr.flush()


def line(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(text + "\n")


def painter(stream: TextIO) -> Callable[[str, str], str]:
    """Return what paints a text for a stream: with colours on a terminal that wants them, else not at all."""
    wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def paint(look: str, text: str) -> str:
        return f"\033[{COLOURS[look]}m{text}\033[0m" if wanted else text

    return paint


def exit_code(problems: Iterable[Problem], *, final: bool = False) -> int:
    """Exit code for what was found: 3 for errors (and gaps of a final report), 4 where only something is not here."""
    stopping = [p for p in problems if p.severity == "error" or (final and p.severity == "gap")]
    if not stopping:
        return DONE
    return ABSENT if all(KINDS[p.code].absent for p in stopping) else INVALID


def problems_document(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return problems as the JSON document of ``check --json``."""
    return {"schema_version": SCHEMA_VERSION, "problems": [problem.as_json() for problem in problems]}
