"""Studies drawn at random over every sheet that is read: whole, and free of what a guard refuses."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from factors.library import library
from factors.units import parse_unit
from inventories.format import Column, choices, columns, labels_of
from inventories.keyed import KEYED_FIELDS, Settings
from inventories.measure_guards import LEAST_RATE, TARGETS
from inventories.study import INSTALLED, SHEET_FIELDS, Line, Study
from inventories.values import Quantity, YearRange

Values = dict[str, Any]
_TOTALS = {"total", "totalt", "sum", "summa", "yht", "yhteensä", "välisumma", "delsumma", "grand total"}
_FACTORS = ("concrete-c30-37-fi", "glulam-fi", "own.1:a", "own-2")
_LARGE = 1e12
_TEMPERATURES = ("source_out_c", "source_in_c", "sink_in_c", "sink_out_c")
_DIMENSIONS = {
    "price": ("money/energy", "money/mass", "money/volume"),
    "factor": ("mass", "volume", "count"),
    "energy-or-factor": ("energy",),
    "mass-per-year": ("mass",),
}

texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=12).map(
    str.strip
).filter(lambda text: text.strip(" *:.").casefold() not in _TOTALS and bool(text)) | st.sampled_from(
    ["=1+1", "2027", "0,5", "-", "a;b\nc", "_x0041_", "+358", "'quoted", "Sähkö", "kg"]
)
ids = st.text("abcÅ.:-_0123456789", min_size=1, max_size=6).map(lambda text: f"x{text}x")


def numbers(least: float, most: float, *, above: bool = False) -> st.SearchStrategy[float]:
    """Draw floats of every length: what a person types, and what a program works out."""
    typed = st.integers(int(max(least, -_LARGE) * 100), int(min(most, _LARGE) * 100)).map(lambda n: n / 100)
    worked_out = st.floats(max(least, -_LARGE), min(most, _LARGE), exclude_min=above, allow_subnormal=False)
    return (typed | worked_out).filter(lambda value: least < value if above else least <= value)


def number_of(of: Column) -> st.SearchStrategy[float]:
    """Draw a number within the bounds of a column."""
    most = min(of.most, 100_000.0) if of.key == "power_w" else of.most  # a guard refuses more of one server
    return numbers(max(of.above, of.least), most, above=of.above >= of.least)


def quantity_of(of: Column) -> st.SearchStrategy[Quantity]:
    """Draw a quantity in any unit of the column's dimension."""
    labels = [label for dimension in _DIMENSIONS.get(of.dimension, (of.dimension,)) for label in labels_of(dimension)]
    units = [parse_unit(label).symbol for label in labels]
    return st.builds(Quantity, number_of(of), st.sampled_from(units))


def _list_of(of: Column) -> st.SearchStrategy[Any]:
    legs = st.tuples(st.sampled_from(_FACTORS), numbers(0.0, 40_000.0))
    covers = (
        st.tuples(st.just("use"), st.sampled_from(list(choices("use"))))
        | st.tuples(st.just("owner"), st.sampled_from(["facility", "utility", "tenant: A B"]))
        | st.just(("meter", "meter 0"))
    )
    entries: Mapping[str, st.SearchStrategy[Any]] = {
        "transport": legs,
        "covers": covers,
        "merit": st.tuples(st.sampled_from(_FACTORS), numbers(0.0, 1e6, above=True)),
        "modules": st.sampled_from(list(choices("modules"))),
    }
    return st.lists(entries[of.choices], max_size=3).map(tuple)


def value_of(of: Column, start: int, end: int) -> st.SearchStrategy[Any]:
    """Draw a value of a column by its kind."""
    years = st.integers(start, end - 1)
    drawn: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
        "quantity": lambda: quantity_of(of),
        "number": lambda: number_of(of),
        "integer": lambda: st.integers(int(max(of.least, 0)), int(min(of.most, 5_000))),
        "year": lambda: years,
        "year-range": lambda: st.builds(_range, years, st.none() | st.integers(0, 5)),
        "date": lambda: years.map(str) | st.dates(date(1900, 1, 1), date(2150, 1, 1)).map(str),
        "choice": lambda: st.sampled_from(list(choices(of.choices))),
        "owner": lambda: st.sampled_from(["facility", "utility"]) | ids.map("tenant: {}".format),
        "list": lambda: _list_of(of),
        "reference": lambda: st.sampled_from(list(library().gases) if of.choices == "gas" else _FACTORS),
        "text": lambda: st.text("12345", min_size=5, max_size=5) if of.key == "quality" else texts,
    }
    kind = "owner" if of.choices == "owner" else of.kind
    return drawn["quantity" if of.has_unit else kind]()


def _range(first: int, more: int | None) -> YearRange:
    return YearRange(first, None if more is None else first + more)


@st.composite
def record(draw: st.DrawFn, /, sheet: str, start: int, end: int, **fixed: Any) -> Values:
    """Draw values of a row by attribute; what is not asked for is left out half of the time."""
    values: Values = {}
    for of in columns(sheet):
        if of.is_beside_a_number or of.key in fixed or of.key == "profile":  # a profile needs its file
            continue
        if of.required == "always" or (not of.required and draw(st.booleans())):
            values[of.field] = draw(value_of(of, start, end))
    for key, value in fixed.items():
        if value is not None:
            values[f"{key}_" if key in ("class", "from") else key] = value
    return values


def _bounded(values: Values, amount: float) -> Values:
    """Move the bounds of a row to either side of its amount; a share needs evidence."""
    if "min" in values:
        values["min"] = min(values["min"], amount)
    if "max" in values:
        values["max"] = max(values["max"], amount)
    if "share_percent" in values:
        values["evidence"] = "stated"
    return values


@st.composite
def installed(draw: st.DrawFn, sheet: str, start: int, end: int) -> list[Any]:
    """Draw rows of what is installed."""
    rows = []
    for i in range(draw(st.integers(0, 2))):
        since = draw(st.none() | st.integers(start - 30, end - 1))
        until = draw(st.none() | st.integers(max(start, since or start), end + 5))
        fixed = {"id": f"{sheet} {i}", "installed": since, "until": until, "end_of_life_factor": None}
        fixed["replaced_by"] = draw(st.sampled_from([None, "same", "none"]))
        if sheet == "Refrigerants":
            fixed["equipment"] = draw(st.sampled_from([None, *choices("gas_equipment")]))
        values = draw(record(sheet, start, end, **fixed))
        amount = values.get("amount") or values.get("charge") or Quantity(float(values.get("count", 0)), "piece")
        kind = SHEET_FIELDS[sheet][1]
        named = {"sheet": sheet} if kind is Line else {}
        rows.append(kind(**named, **_bounded(values, amount.value)))
    return rows


@st.composite
def yearly(draw: st.DrawFn, sheet: str, start: int, end: int) -> list[Any]:
    """Draw rows of amounts per year, one of each meter."""
    rows = []
    for i in range(draw(st.integers(1, 3))):
        fixed: Values = {"id": f"{sheet} {i}"}
        if sheet == "Energy":
            carrier = draw(st.sampled_from([*choices("carrier"), "own.1:a"]))
            uses = [None] if carrier in ("onsite-electricity", "exported-electricity") else ["it", "cooling", "backup"]
            fixed |= {"meter": f"meter {i}", "carrier": carrier, "use": draw(st.sampled_from(uses))}
        else:
            fixed |= {"item": f"item {i}"}
        values = draw(record(sheet, start, end, **fixed))
        rows.append(SHEET_FIELDS[sheet][1](**_bounded(values, values["amount"].value)))
    return rows


@st.composite
def contracts(draw: st.DrawFn, start: int, end: int) -> list[Any]:
    """Draw contracts of an amount or of a share."""
    rows = []
    for i in range(draw(st.integers(0, 2))):
        fixed = {"id": f"K{i}", "matching": "annual", "valid_from": None, "valid_to": None}
        values = draw(record("Contracts", start, end, **fixed))
        key = draw(st.sampled_from(["amount", "share_percent"]))
        of = next(of for of in columns("Contracts") if of.key == key)
        rows.append(SHEET_FIELDS["Contracts"][1](**values, **{key: draw(value_of(of, start, end))}))
    return rows


@st.composite
def heats(draw: st.DrawFn, start: int, end: int) -> list[Any]:
    """Draw recovered heat, with exactly one way to the electricity of a heat pump."""
    rows = []
    for i in range(draw(st.integers(0, 2))):
        pump = draw(st.sampled_from(list(choices("heat_pump"))))
        warmer = sorted(draw(st.lists(st.integers(0, 99), min_size=4, max_size=4, unique=True)))
        stated = draw(st.booleans()) and pump != "none"
        at = dict(zip(_TEMPERATURES, [float(each) if stated else None for each in warmer], strict=True))
        of_heat = next(of for of in columns("Heat") if of.key == "heat")
        fixed = {"id": f"Q{i}", "heat_pump": pump, "heat": draw(quantity_of(of_heat)), **at}
        fixed["claim_holder"] = draw(st.sampled_from(["facility", "Lämpö Oy", "tenant"]))
        values = draw(record("Heat", start, end, **fixed))
        if pump != "none":
            key = draw(st.sampled_from(["cop", "heat_pump_electricity"]))
            of = next(of for of in columns("Heat") if of.key == key)
            values[key] = draw(value_of(of, start, end))
        rows.append(SHEET_FIELDS["Heat"][1](**values))
    return rows


@st.composite
def prices(draw: st.DrawFn, start: int, end: int) -> list[Any]:
    """Draw prices of electricity and of heat sold."""
    rows = draw(st.lists(record("Prices", start, end), max_size=2))
    for values in rows:
        if values["carrier"] == "carbon":
            values["price"] = Quantity(values["price"].value, "EUR/t")
    return [SHEET_FIELDS["Prices"][1](**values) for values in rows]


@st.composite
def networks(draw: st.DrawFn, start: int, end: int) -> Any:
    """Draw a network whose temperatures are in order and whose files ship, or none."""
    if draw(st.booleans()):
        return None
    curve = {
        "return_temperature": 50.0, "supply_temperature_mild": 68.0, "supply_temperature_cold": 115.0,
        "mild_outdoor_temperature": 8.0, "cold_outdoor_temperature": -29.0, "highest_temperature": 85.0,
    }  # fmt: skip
    fixed: Values = {"weather_file": "kajaani-synthetic", "demand_profile": None, "base_share_percent": 20.0, **curve}
    fixed |= {"pipe_length": None, "pressure_gradient": None, "orc_carnot_percent": None}
    fixed |= {"contract_from": start, "contract_to": end, "heat_pump_capacity": Quantity(500.0, "kW")}
    return KEYED_FIELDS["Heat network"][1](**draw(record("Heat network", start, end, **fixed)))


@st.composite
def own_factors(draw: st.DrawFn, start: int, end: int) -> list[Any]:
    """Draw the factors the other rows may name."""
    rows = []
    for name in ("own.1:a", "own-2"):
        value = draw(numbers(0.0, 1e6))
        fixed: Values = {"id": name, "module": draw(st.sampled_from(["A1-A3", "A1-A3+A4+C", "B6"])), "value": value}
        fixed |= {"unit": draw(st.sampled_from(["kg CO2e/kg", "t CO2-ekv./MWh"])), "part": None, "gas": None}
        fixed |= dict.fromkeys(("fossil", "biogenic", "land_use", "valid_to"))
        values = draw(record("Factors", start, end, **fixed))
        rows.append(SHEET_FIELDS["Factors"][1](**_bounded(values, value)))
    return rows


@st.composite
def facility(draw: st.DrawFn, start: int, end: int) -> list[Any]:
    """Draw rows of Years that cover the period once."""
    parts = sorted({start, *draw(st.lists(st.integers(start, end - 1), max_size=2))})
    rows = []
    for first, last in zip(parts, [part - 1 for part in parts[1:]] + [end - 1], strict=True):
        fixed = {"from": first, "to": draw(st.sampled_from([None, last]))}
        rows.append(SHEET_FIELDS["Years"][1](**draw(record("Years", start, end, **fixed))))
    return rows


@st.composite
def studies(draw: st.DrawFn) -> Study:
    """Draw a study with rows on every sheet."""
    start, kind = draw(st.integers(2000, 2100)), draw(st.sampled_from(list(choices("study_type"))))
    period = 1 if kind == "annual" else draw(st.integers(1, 40))
    end = start + period
    fixed = {"study_type": kind, "country": "FI", "start_year": start, "reference_period": period}
    fixed |= {"format": draw(st.sampled_from([None, 1])), "residual_mix": draw(st.sampled_from([None, "constant"]))}
    fixed |= {"service_unit": draw(st.sampled_from([None, "GPU-h", "käyttötunti"]))}
    fixed |= {"grid_trajectory": draw(st.sampled_from([None, "constant", "national"])), "grid_profile": None}
    made: dict[str, Any] = {sheet: draw(installed(sheet, start, end)) for sheet in INSTALLED}
    made |= {sheet: draw(yearly(sheet, start, end)) for sheet in ("Energy", "Water and waste")}
    made |= {
        "Years": draw(facility(start, end)),
        "Contracts": draw(contracts(start, end)),
        "Heat": draw(heats(start, end)),
        "Factors": draw(own_factors(start, end)),
        "Prices": draw(prices(start, end)),
    }
    excluded = draw(st.lists(record("Exclusions", start, end), max_size=2))
    made["Exclusions"] = [SHEET_FIELDS["Exclusions"][1](**each) for each in excluded]
    stated = draw(record("Study", start, end, **fixed))
    targets = [key for key in TARGETS if key in stated]
    for key in (*targets[1:], *(() if targets else ("target_year", "target_base_year"))):
        stated.pop(key, None)
    base, last = stated.get("target_base_year", start), stated.get("target_year", end - 1)
    if "target_pathway" in stated and last <= base:  # it would cover no year
        for key in ("target_pathway", "target_year", "target_base_year"):
            stated.pop(key, None)
    if 0.0 < stated.get("discount_rate", 0.0) < LEAST_RATE:
        stated["discount_rate"] = LEAST_RATE
    settings = Settings(**stated)
    tables: dict[str, Any] = {SHEET_FIELDS[sheet][0]: tuple(rows) for sheet, rows in made.items()}
    return Study(settings, network=draw(networks(start, end)), **tables)
