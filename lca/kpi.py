"""Key figures of a data centre by year, each with the meters it came from (EN 50600-4, ISO/IEC 30134).

A figure is *measured* where every row it rests on is a meter, *design* where rows are calculated or estimated, and
*not determined* where a meter that it needs is missing: nothing is assumed in its place. A study without a row of Heat
does not say that no heat is reused, and one without contracts and own generation not that no energy is renewable; a
row of 0 does, and so does a row for other years.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from factors.units import UnitError, parse_unit, ratio
from inventories.study import EnergyRow
from lca.context import KWH, Context
from lca.heat.years import HeatYear, outside_meters
from lca.modules import DATA_CENTRE
from lca.parameters import Number
from lca.simulation import Hours
from lca.system import BASES
from lca.tables import Record
from lca.yearly import Yearly, by_year

MEASURED, DESIGN, SIMULATED, UNDETERMINED = "measured", "design", "simulated", "not-determined"

STANDARDS = {
    "PUE": "EN 50600-4-2, ISO/IEC 30134-2",
    "pPUE": "EN 50600-4-2, ISO/IEC 30134-2",
    "REF": "EN 50600-4-3, ISO/IEC 30134-3",
    "ERF": "EN 50600-4-6, ISO/IEC 30134-6",
    "ERE": "The Green Grid, White Paper 29",
    "CER": "EN 50600-4-7, ISO/IEC 30134-7",
    "CUE": "EN 50600-4-8, ISO/IEC 30134-8",
    "WUE": "EN 50600-4-9, ISO/IEC 30134-9",
}
"""Where each figure is defined, in the order they are told."""

RENEWABLE = ("wind", "solar", "hydro", "bio")
"""Sources of contracts; a mix is none of them."""


OVERHEAD = ("cooling", "power-losses", "lighting", "other", "heat-pump")
_CUBIC_METRE = parse_unit("m3")


def pue(e_dc: float, e_it: float) -> float:
    """Power usage effectiveness E_DC / E_IT, at least 1.

    Examples
    --------
    >>> pue(1200.0, 1000.0)
    1.2
    """
    return e_dc / e_it


def erf(e_reuse: float, e_dc: float) -> float:
    """Energy reuse factor E_REUSE / E_DC, energy counted where it is handed over outside the boundary.

    Examples
    --------
    >>> round(erf(210_000.0, 1_250_000.0), 3)
    0.168
    """
    return e_reuse / e_dc


def ere(e_dc: float, e_reuse: float, e_it: float) -> float:
    """Energy reuse effectiveness (E_DC - E_REUSE) / E_IT = PUE · (1 - ERF).

    Examples
    --------
    >>> round(ere(84_000.0, 40_000.0, 70_000.0), 4)
    0.6286
    """
    return (e_dc - e_reuse) / e_it


def ref(e_res: float, e_dc: float) -> float:
    """Renewable energy factor min(E_RES / E_DC, 1): what is made beyond the need does not count.

    Examples
    --------
    >>> ref(1500.0, 1200.0)
    1.0
    """
    return min(e_res / e_dc, 1.0)


def cue(kilograms: float, e_it: float) -> float:
    """Carbon usage effectiveness: emissions of the energy used (scopes 1 and 2) over E_IT [kg CO2e/kWh].

    Examples
    --------
    >>> cue(120.0, 1000.0)
    0.12
    """
    return kilograms / e_it


def wue(cubic_metres: float, e_it: float) -> float:
    """Water usage effectiveness W_IN / E_IT [m³/MWh], with E_IT in kWh.

    Examples
    --------
    >>> wue(7.0, 500_000.0)
    0.014
    """
    return cubic_metres / (e_it / 1000.0)


@dataclass
class Year:
    """What the meters of one year show [kWh], and which rows they are."""

    year: int
    it: float = 0.0
    dc: float = 0.0
    uses: dict[str, float] = field(default_factory=dict)
    zones: dict[str, list[float]] = field(default_factory=dict)
    rows: list[EnergyRow] = field(default_factory=list)
    planned: bool = False
    """Whether something in it is no reading of a meter: derived, held from another year, or of a design study."""
    unlike: list[str] = field(default_factory=list)
    """Carriers whose amount is no energy and has no heating value: E_DC is then not known."""
    heat: list[HeatYear] = field(default_factory=list)

    @property
    def lacks(self) -> list[str]:
        """Uses without a row that a ratio to E_IT needs."""
        missing = [use for use in ("it", "cooling", "power-losses") if use not in self.uses]
        return [*missing, *(["carrier"] if self.unlike else [])]

    @property
    def category(self) -> str:
        """PUE category: where the IT meters stand, the least of several; blank where it is not stated."""
        stated = [row.measured_at or "" for row in self.rows if row.use == "it"]
        return min(stated, default="") if all(stated) else ""

    @property
    def state(self) -> str:
        """Whether all rows are meters."""
        return MEASURED if self.rows and not self.planned and all(map(is_meter, self.rows)) else DESIGN

    @property
    def heat_pump(self) -> str:
        """Where the heat pumps stand: inside, outside, both, none; blank without recovered heat."""
        flags = {each.row.heat_pump for each in self.heat}
        return "both" if {"inside", "outside"} <= flags else next(iter(sorted(flags)), "")


def is_meter(row: EnergyRow) -> bool:
    """Whether a row is metered: said so, or named by its meter and nothing else said."""
    return row.value_kind == "measured" or (row.value_kind is None and row.meter is not None)


def first(value: Number) -> float:
    """Value of the study itself on the free axis."""
    return float(np.ravel(value)[0])


def years(context: Context) -> dict[int, Year]:
    """Sum the rows of Energy by year: E_DC is every carrier of the data centre as a plain sum of kWh, backup apart."""
    is_design = context.study.settings.study_type == "design"
    found = {year: Year(year, planned=is_design) for year in context.study.settings.years}
    theirs = outside_meters(context, context.yearly)
    for each in context.yearly:
        if (each.index, each.year) not in theirs and is_of_the_data_centre(each.row):
            _add(context, found[each.year], each)
    for heat in context.heats:
        here = found[heat.year]
        here.heat.append(heat)
        if heat.row.heat_pump == "inside" and not heat.meters:
            here.dc += first(heat.electricity)
            here.planned = True
    return found


def is_of_the_data_centre(row: EnergyRow) -> bool:
    """Whether a row is energy of the data centre: of its zone, in its operation, consumed, and no backup."""
    made = row.carrier in ("onsite-electricity", "exported-electricity")
    return row.zone in DATA_CENTRE and row.use in ("it", *OVERHEAD) and not made


def _add(context: Context, here: Year, each: Yearly[EnergyRow]) -> None:
    row = each.row
    use = "cooling" if row.carrier == "district-cooling" else str(row.use)
    try:
        kwh = first(each.amount) * per_kwh(context, row)
    except UnitError:
        here.unlike.append(row.id)
        return
    here.rows.append(row)
    here.planned |= each.status != "given"
    here.dc += kwh
    here.uses[use] = here.uses.get(use, 0.0) + kwh
    zone = here.zones.setdefault(row.zone or "data-centre", [0.0, 0.0])
    zone[use != "it"] += kwh
    here.it += kwh if use == "it" else 0.0


def per_kwh(context: Context, row: EnergyRow) -> float:
    """Kilowatt-hours of one unit of a row; of a fuel by its net calorific value.

    Raises
    ------
    UnitError
        The fuel has none.
    """
    typed = row.amount.parsed
    if typed.dimension == KWH.dimension:
        return ratio(typed, KWH)
    bridge = context.library.bridge(row.carrier, typed)
    per = context.library.factors[row.carrier][0].per
    if per.dimension == KWH.dimension:
        return bridge.ratio * ratio(per, KWH)
    for found in context.library.joining(row.carrier):
        above, below = found.unit.numerator, found.unit.denominator
        if above.dimension == KWH.dimension and below.dimension == typed.dimension:
            return found.value * ratio(typed, below) * ratio(above, KWH)
    raise UnitError(row.amount.unit)


def kpi_year(context: Context, found: dict[int, Year]) -> int:
    """Year the figures are told for: chosen, else the last metered one, else the middle of the period."""
    settings = context.study.settings
    if settings.kpi_year in found:
        return settings.kpi_year
    metered = [year for year, each in found.items() if not each.lacks and each.state == MEASURED and _is_past(each)]
    return max(metered, default=settings.start_year + settings.reference_period // 2)


def _is_past(year: Year) -> bool:
    """Whether the rows are of this year itself, not of every year alike."""
    return any(row.year is not None and row.year.first == row.year.last == year.year for row in year.rows)


def kpis(context: Context, contributions: Sequence[Record]) -> list[dict[str, Any]]:
    """Return every key figure of every year.

    Returns
    -------
    list of dict
        ``kpi, year, value, location, market, unit, standard, state, category, heat_pump, zone, meters, lacks,
        same_uses`` (PUE of the rows for the uses that are simulated);
        ``value`` is None where it is not determined, or differs by basis (CUE), ``lacks`` says what is missing.
    """
    return [row for year in years(context).values() for row in Figures(context, year, contributions).all()]


@dataclass
class Figures:
    """Key figures of one year."""

    context: Context
    year: Year
    contributions: Sequence[Record]

    def all(self) -> Iterator[dict[str, Any]]:
        """Every figure, in the order of ``STANDARDS``."""
        yield from (self._pue(), *self._partial(), self._ref(), *self._reuse(), self._cer(), self._cue(), self._wue())
        if self.context.simulated is not None and self.year.year in self.context.simulated.years:
            yield from self._simulated(self.context.simulated.years[self.year.year])

    def _simulated(self, hours: Hours) -> Iterator[dict[str, Any]]:
        """PUE, CER and WUE of the simulated hall: what the design promises, beside what meters show."""
        it, cooling = float(hours.it[0].sum()), float(hours.cooling[0].sum())
        of: dict[str, Any] = {"state": SIMULATED, "meters": ["Simulation"], "lacks": []}
        removed = float((hours.it + hours.ups + hours.lighting)[0].sum())
        year, like = self.year, None
        if year.it and not year.lacks:
            like = sum(year.uses.get(use, 0.0) for use in ("it", "cooling", "power-losses", "lighting")) / year.it
        promised = pue(float(hours.total[0].sum()), it)
        yield {**self._row("PUE", None, []), **of, "value": promised, "same_uses": like}
        yield {**self._row("CER", None, []), **of, "value": removed / cooling if cooling else None}
        used = wue(float(hours.water[0].sum()) / 1000.0, it)
        yield {**self._row("WUE", None, []), **of, "value": used, "unit": "m³/MWh"}

    def _row(self, kpi: str, value: float | None, lacks: Sequence[str], **of: Any) -> dict[str, Any]:  # noqa: ANN401
        year = self.year
        plain: dict[str, Any] = {
            "kpi": kpi,
            "year": year.year,
            "value": None if lacks else value,
            "location": None,
            "market": None,
            "unit": "",
            "standard": STANDARDS[kpi],
            "state": UNDETERMINED if lacks else year.state,
            "category": "",
            "heat_pump": "",
            "zone": "",
            "meters": list(dict.fromkeys(row.id for row in year.rows)),
            "lacks": list(lacks),
            "same_uses": None,
        }
        return {**plain, **of}

    def _pue(self) -> dict[str, Any]:
        year = self.year
        value = pue(year.dc, year.it) if year.it else None
        return self._row("PUE", value, year.lacks, category=year.category, heat_pump=year.heat_pump)

    def _partial(self) -> Iterator[dict[str, Any]]:
        """Partial PUE of each zone that has IT, where there are several."""
        zones = {zone: both for zone, both in self.year.zones.items() if both[0]}
        if len(self.year.zones) > 1:
            for zone, (it, overhead) in zones.items():
                yield self._row("pPUE", (it + overhead) / it, self.year.lacks, zone=zone, category=self.year.category)

    def _ref(self) -> dict[str, Any]:
        year, study = self.year, self.context.study
        own = any(row.carrier == "onsite-electricity" for row in study.energy)
        lacks = [*year.lacks, *([] if study.contracts or own else ["contracts"])]
        return self._row("REF", ref(self._renewable(), year.dc) if year.dc else None, lacks)

    def _renewable(self) -> float:
        """Renewable energy that the data centre itself takes [kWh]: contracts met, own generation with certificates.

        Of own generation what states no factor counts (its plant is on the sheet Plant), and what names wind, sun or
        water.
        """
        matching, year = self.context.matching, self.year.year
        if matching is None:
            return 0.0
        kept = [row for row, _ in matching.onsite.get(year, ()) if (row.certificates or "kept") == "kept"]
        own = all(row.factor is None or any(source in row.factor for source in RENEWABLE) for row in kept)
        contracts, total = self.context.study.contracts, 0.0
        for use in matching.uses:
            if use.year != year or use.bought_by_others or use.zone not in DATA_CENTRE:
                continue
            if use.use in ("it", *OVERHEAD):
                shares = matching.shares(year)[matching.group(use)]
                met = [share for i, share in shares.contracts.items() if contracts[i].energy_source in RENEWABLE]
                total += first(use.kwh) * (sum(map(first, met)) + (first(shares.onsite) if own else 0.0))
        return total

    def _reuse(self) -> Iterator[dict[str, Any]]:
        year = self.year
        reuse = sum(first(each.handed_over) for each in year.heat)
        heat = [each.row.id for each in year.heat]
        of = {"heat_pump": year.heat_pump, "meters": [*dict.fromkeys([*heat, *(row.id for row in year.rows)])]}
        lacks = [*year.lacks, *([] if self.context.study.heat else ["heat"])]
        complete = bool(year.dc) and not lacks
        yield self._row("ERF", erf(reuse, year.dc) if complete else None, lacks, **of)
        yield self._row("ERE", ere(year.dc, reuse, year.it) if complete and year.it else None, lacks, **of)

    def _cer(self) -> dict[str, Any]:
        """Cooling efficiency ratio: heat removed over the energy that removes it; no sheet meters the heat removed."""
        return self._row(
            "CER", None, ["heat-removed"], meters=[row.id for row in self.year.rows if row.use == "cooling"]
        )

    def _cue(self) -> dict[str, Any]:
        """Direct emissions of the data centre's energy, whoever owns the meter; of undivided factors the whole."""
        year = self.year
        pumps = {each.row.id for each in year.heat if each.row.heat_pump == "inside" and not each.meters}
        ids = {row.id for row in year.rows} | pumps
        carried = [
            row
            for row in self.contributions
            if row["year"] == year.year
            and row["line"] in ids
            and row["part"] in ("direct", "whole")
            and row["component"] != "biogenic"
        ]
        values = {basis: cue(sum(row[basis] for row in carried), year.it) if year.it else None for basis in BASES}
        found = self._row("CUE", None, year.lacks, unit="kg CO2e/kWh", category=year.category)
        return found if year.lacks else {**found, **values}

    def _wue(self) -> dict[str, Any]:
        year, drawn, ids, kinds = self.year, 0.0, [], []
        for each in by_year(self.context, "Water and waste", self.context.study.water):
            if each.year == year.year and each.row.kind == "water" and each.row.zone in DATA_CENTRE:
                drawn += first(each.amount) * ratio(each.row.amount.parsed, _CUBIC_METRE)
                ids.append(each.row.id)
                kinds.append(each.row.measured_at or "")
        lacks = [*(["it"] if "it" in year.lacks else []), *([] if ids else ["water"])]
        it = [row.id for row in year.rows if row.use == "it"]
        value = wue(drawn, year.it) if year.it and ids else None
        category = kinds[0] if kinds and len(set(kinds)) == 1 else ""
        return self._row("WUE", value, lacks, unit="m³/MWh", category=category, meters=[*ids, *it])
