"""Every kind of problem has sentences that can be filled in."""

import re
import string
from pathlib import Path

import pytest

from factors.problem_kinds import KINDS
from factors.problems import InputError, Problem, ordered


@pytest.mark.parametrize("code", sorted(KINDS))
def test_sentences_are_whole(code: str) -> None:
    kind = KINDS[code]
    for sentence in (kind.message, kind.cure):
        assert sentence
        assert sentence[-1] in ".:…”}"
    assert re.fullmatch(r"[a-z0-9-]+", code)
    names = {
        name for text in (kind.message, kind.cure, kind.expected) for _, name, _, _ in string.Formatter().parse(text)
    }
    filled = Problem(code, "Study", values={name: "x" for name in names if name}).as_json()
    assert "{" not in f"{filled['message']}{filled['cure']}{filled['expected']}"


def test_an_unknown_code_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        Problem("no-such-code")


def test_errors_come_first_and_nothing_twice() -> None:
    gap, error = Problem("losses-missing", "Study"), Problem("required", "Energy", 0, "amount", cell="D2")
    assert ordered([gap, error, gap]) == [error, gap]
    assert InputError([gap, error]).problems == [error, gap]


def test_every_kind_is_raised_somewhere() -> None:
    root = Path(__file__).parent.parent.parent
    sources = [p for package in ("factors", "inventories", "lca", "cli") for p in (root / package).rglob("*.py")]
    code = "".join(path.read_text() for path in sources if path.name != "problem_kinds.py")
    assert [kind for kind in KINDS if f'"{kind}"' not in code] == []
