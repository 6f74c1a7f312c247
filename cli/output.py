"""Where things go: results to standard output, everything else to standard error, files beside and then renamed."""

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from factors.problem_kinds import KINDS
from factors.problems import Problem

DONE, FAILED, USAGE, INVALID, ABSENT, UNVERIFIED = 0, 1, 2, 3, 4, 5
SCHEMA_VERSION = 1


def say(text: str = "") -> None:
    """Write a line to standard error."""
    sys.stderr.write(text + "\n")


def show(text: str) -> None:
    """Write a result to standard output."""
    sys.stdout.write(text + "\n")


def show_json(document: Mapping[str, Any]) -> None:
    """Write one JSON document to standard output."""
    from lca.results import as_text

    sys.stdout.write(as_text(document))


def stop(code: int, text: str) -> NoReturn:
    """End the command with a line on standard error."""
    say(f"jalki: {text}")
    raise SystemExit(code)


def write_file(path: Path, content: bytes) -> None:
    """Write one file: it is whole or it is not there.

    Raises
    ------
    SystemExit
        With code 1 where the file cannot be written.
    """
    write_files({path: content})


def write_files(contents: Mapping[Path, bytes]) -> None:
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
                raise IsADirectoryError(21, "it is a folder")
            descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            beside[path] = Path(name)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
        for path, written in beside.items():
            written.replace(path)
    except OSError as error:
        stop(FAILED, f"{path} cannot be written: {error.strerror}")
    finally:
        for written in beside.values():
            written.unlink(missing_ok=True)


def existing(path: Path) -> Path:
    """Return a path that names a file.

    Raises
    ------
    SystemExit
        With code 2 where there is none.
    """
    if not path.is_file():
        stop(USAGE, f"there is no file {path}")
    return path


def new_workbook(path: Path) -> Path:
    """Return a path where a workbook can be written; an existing file is never replaced, it may be an inventory.

    Raises
    ------
    SystemExit
        With code 2 where there is a file already, no folder, or another ending.
    """
    if path.suffix.lower() != ".xlsx":
        stop(USAGE, f"{path} does not end in .xlsx")
    if path.exists() or path.is_symlink():
        stop(USAGE, f"{path} exists already; give another name")
    if not path.parent.is_dir():
        stop(USAGE, f"there is no folder {path.parent}")
    return path


def exit_code(problems: Iterable[Problem], *, final: bool = False) -> int:
    """Exit code for what was found: 3 for errors (and gaps of a final report), 4 where only something is not here."""
    stopping = [p for p in problems if p.severity == "error" or (final and p.severity == "gap")]
    if not stopping:
        return DONE
    return ABSENT if all(KINDS[p.code].absent for p in stopping) else INVALID


def problems_document(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return problems as the JSON document of ``check --json``."""
    return {"schema_version": SCHEMA_VERSION, "problems": [problem.as_json() for problem in problems]}
