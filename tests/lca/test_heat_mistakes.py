"""Recovered heat: what is wrong in a workbook, and at which cell."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from factors.problem_kinds import KINDS
from inventories.heat_guards import network_in_order
from inventories.reader import read_workbook
from inventories.values import Quantity, YearRange
from lca.heat.match import Taker, match
from templates.workbook import workbook
from tests.lca.test_simulation import sheet
from tests.lca.warm import codes, mwh, study, warm
from tests.studies import heat, network


def test_what_cannot_be_is_refused() -> None:
    assert "temperature-missing" in codes(study([heat(eta_lorenz=0.5, source_in_c=30.0)]))
    cold = warm(cop_model="jesper", source_in_c=5.0, source_out_c=0.0)
    assert "cop-range" in codes(study([cold]))
    assert "cop-above-lorenz" in codes(study([warm(cop=9.0)]))
    assert "cop-above-lorenz" not in codes(study([warm(cop=8.0)]))
    metered = {"heat_pump_electricity": mwh(5.0), "measured_at": "delivered"}
    assert "cop-above-lorenz" in codes(study([warm(**metered)]))


def test_no_heat_comes_warmer_than_the_hall_gives_it() -> None:
    """The hall's water returns at 26 °C, and 3 °C of that stay in the exchanger."""
    hall = sheet(capture_share_percent=70.0, heat_exchanger_approach=3.0)
    warmer, as_given = (study([warm(source_in_c=at)], simulation=hall) for at in (23.5, 23.0))
    assert "source-above-hall" in codes(warmer)
    assert "source-above-hall" not in codes(as_given)
    assert "source-above-hall" not in codes(study([warm(source_in_c=23.5)]))


MISTAKES: dict[str, tuple[dict[str, Any], dict[str, Any] | None, str]] = {
    "source-order": ({"source_in_c": 20.0, "source_out_c": 30.0}, None, "source_in_c"),
    "sink-order": ({"sink_in_c": 85.0, "sink_out_c": 50.0}, None, "sink_out_c"),
    "sink-colder": ({"source_in_c": 90.0}, None, "sink_out_c"),
    "exchanger-colder": (
        {"heat_pump": "none", "source_in_c": 60.0, "source_out_c": 51.0, "sink_in_c": 50.0, "sink_out_c": 70.0},
        None, "source_in_c",
    ),
    "displaced-kind": ({"displaced_factor": "merit-order", "displaced_kind": "average"}, {}, "displaced_kind"),
    "displaced-kind-blank": ({"displaced_kind": None}, None, "displaced_kind"),
    "heat-simulated-delivered": ({"heat": None, "measured_at": "delivered"}, None, "measured_at"),
    "network-return": ({}, {"return_temperature": 60.0, "highest_temperature": 55.0}, "highest_temperature"),
    "curve-order": (
        {},
        {"cold_outdoor_temperature": 8.0, "mild_outdoor_temperature": -29.0, "supply_temperature_cold": 115.0,
         "supply_temperature_mild": 68.0},
        "mild_outdoor_temperature",
    ),
    "ground-warm": ({}, {"ground_temperature": 50.0}, "ground_temperature"),
    "cop-unusual": ({"eta_lorenz": None, "cop": 1.4}, None, "cop"),
    "model-only": ({"eta_lorenz": None, "cop": 4.0, "stages": 2}, None, "stages"),
    "holder-nameless": ({"claim_holder": "0"}, None, "claim_holder"),
    "contract-late": ({}, {"contract_from": 2030, "contract_to": 2060}, "contract_from"),
    "contract-short": ({}, {"contract_from": 2020, "contract_to": 2026}, "contract_to"),
}  # fmt: skip


def test_a_row_gives_its_return_where_the_network_states_none() -> None:
    """Supply 70 °C at the mildest and a return of 80 °C would be heat out of nothing."""
    curve = {"supply_temperature_mild": 70.0, "supply_temperature_cold": 115.0, "mild_outdoor_temperature": 8.0,
             "cold_outdoor_temperature": -26.0, "return_temperature": None}  # fmt: skip
    for back, said in ((80.0, True), (50.0, False)):
        found = list(network_in_order(study([warm(sink_in_c=back, sink_out_c=90.0)], network=network(**curve))))
        assert (("network-return", "sink_in_c") in {(each.code, each.column) for each in found}) is said


def test_a_source_gives_an_exchanger_no_heat_below_the_return() -> None:
    row = warm(heat_pump="none", eta_lorenz=None, source_in_c=60.0, source_out_c=45.0, sink_in_c=40.0, sink_out_c=58.0)
    for back, said in ((50.0, True), (40.0, False)):
        found = list(network_in_order(study([row], network=network(return_temperature=back))))
        assert (("exchanger-colder", "source_out_c") in {(each.code, each.column) for each in found}) is said


def test_two_spellings_are_not_two_holders() -> None:
    from inventories.heat_guards import holders_have_names  # noqa: PLC0415

    rows = [warm(claim_holder="facility"), warm(id="Q2", claim_holder="Facility")]
    assert [each.code for each in holders_have_names(study(rows))] == ["holder-spelled"]
    assert not list(holders_have_names(study([rows[0], replace(rows[1], claim_holder="facility")])))


def test_a_metered_pump_that_takes_no_heat_is_refused() -> None:
    """10,000 MWh delivered from 13,333 MWh of electricity is a COP of 0.75."""
    metered = {"eta_lorenz": None, "measured_at": "delivered", "heat_pump": "outside"}
    for electricity, said in ((120.0, True), (100.0, True), (25.0, False)):
        row = warm(**metered, heat_pump_electricity=mwh(electricity))
        assert ("heat-pump-idle" in codes(study([row]))) is said


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_found_at_its_cell(tmp_path: Path, code: str) -> None:
    from inventories.rows import rows_of  # noqa: PLC0415

    row, of, column = MISTAKES[code]
    made = study([warm(**row)], network=None if of is None else network(**of))
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(workbook("fi", rows_of(made)))
    said = [problem for problem in read_workbook(path).problems if problem.code == code]
    assert [problem.column for problem in said] == [column]
    assert said[0].cell
    assert KINDS[code].severity in ("error", "warning")
    right = study([warm()], network=network())
    path.write_bytes(workbook("fi", rows_of(right)))
    assert code not in {problem.code for problem in read_workbook(path).problems}


def test_one_simulated_heat_is_not_two() -> None:
    from inventories.heat_guards import heat_is_known  # noqa: PLC0415

    twice = study([warm(heat=None), warm(id="Q2", heat=None)])
    assert [problem.code for problem in heat_is_known(twice)] == ["heat-simulated-twice"]
    assert not list(heat_is_known(study([warm(heat=None, claim_share_percent=50.0), warm(heat=None)])))


def test_a_merit_order_is_read_in_the_language_of_its_sheet(tmp_path: Path) -> None:
    from inventories.cells import CellError, read_cell  # noqa: PLC0415
    from inventories.format import column  # noqa: PLC0415

    of = column("Heat network", "merit_order")
    assert read_cell(of, "base:8,5; peak: 1 MW", "fi").value == (("base", 8.5), ("peak", 1000.0))
    for wrong in ("base", "base:-1", "base:5 kWh", ":5"):
        with pytest.raises(CellError) as error:
            read_cell(of, wrong, "en")
        assert error.value.code == "merit-unit"


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("displaced_factor", None, "required"),
        ("claim_holder", None, "required"),
        ("displaced_decline_percent", -5, "negative"),
    ],
)
def test_a_row_of_heat_without_what_it_needs_is_an_error(tmp_path: Path, column: str, value: object, code: str) -> None:
    from inventories.rows import rows_of  # noqa: PLC0415

    rows = rows_of(study([warm()]))
    rows["Heat"] = [{**rows["Heat"][0], column: "" if value is None else str(value)}]
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(workbook("en", rows))
    assert [(p.code, p.column) for p in read_workbook(path).problems if p.severity == "error"] == [(code, column)]


def test_shares_of_a_capacity_need_one() -> None:
    assert [p.code for p in network_in_order(study([], network=network(least_load_percent=10.0)))] == [
        "capacity-missing"
    ]
    stated = network(least_load_percent=10.0, heat_pump_capacity=Quantity(1.0, "MW"))
    assert not list(network_in_order(study([], network=stated)))


def test_a_typed_cop_above_the_limit_is_refused_in_a_network_too() -> None:
    assert "cop-above-lorenz" in codes(study([warm(cop=9.0)], network=network()))


def test_a_pump_that_gives_less_than_it_takes_is_refused() -> None:
    of = study(
        [warm(cop=4.0, heat=mwh(0.0))],
        network=network(heat_pump_capacity=Quantity(1.0, "MW"), part_load_loss_percent=80.0),
    )
    assert "part-load-cop" in codes(of)
    nothing = match(np.zeros(3), 0.25, np.full(3, 50.0), Taker(capacity=100.0, part_load_loss=0.5))
    assert nothing.made.tolist() == nothing.taken.tolist() == [0.0, 0.0, 0.0]


def test_a_contract_to_the_last_year_of_the_heat_is_long_enough() -> None:
    two = study([warm()], years=2)
    last = two.settings.start_year + 1
    said = {
        to: [each.code for each in network_in_order(replace(two, network=network(contract_to=to)))]
        for to in (last - 1, last, last + 1)
    }
    assert said == {last - 1: ["contract-short"], last: [], last + 1: []}
    gone = replace(two, heat=(warm(year=YearRange(last - 1, last - 1)),), network=network(contract_to=last - 1))
    assert list(network_in_order(gone)) == []
