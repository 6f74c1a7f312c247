"""A study with measures against the study in which they are done, typed."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from factors.problems import has_errors
from inventories.guards import guard
from inventories.study import Study
from lca.expand import expand
from lca.measures.states import States, numbers
from lca.system import BASES
from tests.studies import line, own

FACTORS = [own("box", 100.0), own("fan", 7.0), own("chiller", 40.0)]


def servers(id: str = "H1", **of: Any) -> Any:
    """Ten machines of 500 W that live for 5 a."""
    return line("Hardware", **{"id": id, "factor": "box", "count": 10, "power_w": 500.0, "service_life": 5.0, **of})


def energy(of: Any) -> dict[tuple[str, int], float]:
    """Electricity by use and year, and heat by id and year [kWh]."""
    found: dict[tuple[str, int], float] = {}
    for use in of.matching.uses:
        found[use.use, use.year] = found.get((use.use, use.year), 0.0) + float(np.ravel(use.kwh)[0])
    for each in of.heats:
        for name in ("delivered", "electricity"):
            found[f"{each.row.id} {name}", each.year] = float(np.ravel(getattr(each, name))[0])
    return {key: value for key, value in found.items() if value}


def same(study: Study, typed: Study, *done: str) -> None:
    """Compare a study with measures done, alone and among the sets that are tried, with the typed one."""
    assert not has_errors(guard(study)), guard(study)
    assert not has_errors(guard(typed)), guard(typed)
    states = States(study)
    with_it, without = states.context(done), expand(typed)
    assert not has_errors(without.problems), without.problems
    assert energy(with_it) == pytest.approx(energy(without), rel=1e-9)
    wanted, number = numbers(without), sum(1 << states.measures.index(id) for id in done)
    for found in (numbers(with_it), states.of(np.array([number], dtype=np.int64))):
        for basis in BASES:
            for name in ("footprint", "outside"):
                one, other = (getattr(each, name)[basis][:, 0] for each in (found, wanted))
                assert one == pytest.approx(other, rel=1e-9, abs=1e-6), (basis, name)
    nothing = numbers(expand(replace(study.base, measures=(), held=())))
    before = states.of(np.zeros(1, dtype=np.int64))
    for basis in BASES:
        assert before.footprint[basis][:, 0] == pytest.approx(nothing.footprint[basis][:, 0], rel=1e-9, abs=1e-6)
