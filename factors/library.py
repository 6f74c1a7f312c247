"""The emission-factor library: rows with sources, picked by year, bridged by properties."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from types import MappingProxyType

from factors.tables import rows
from factors.units import Unit, UnitError, parse_unit, ratio

COMPONENTS = ("fossil", "biogenic", "land_use")
TABLES = ("factors.csv", "factors_odbl.csv")
"""Tables of factors; rows under the Open Database License stand in one of their own."""

GWP_TABLE = ("AR5", "AR6", "FGAS")
"""Sets of the table of gases: two assessment reports, and Regulation (EU) 2024/573 for its legal thresholds only."""

BRIDGES = ("density", "areal_mass", "specific_mass", "net_calorific_value", "net_calorific_value_by_volume")
"""Properties that take an amount to another dimension; energy of a fuel is net calorific value unless said."""

SECTIONS = (
    "construction", "plant", "hardware", "energy", "refrigerants", "water", "waste", "heat",
    "transport", "end-of-life", "screening",
)  # fmt: skip
"""Sections of families: those of a study, and three that only the library has."""

_SERIES = ("grid", "grid-scenario", "grid-consumption", "district-heat", "district-cooling")


def is_bio_based(family: str) -> bool:
    """Whether a product of a family holds biogenic carbon, so that a factor for making it must part it from the fossil.

    Examples
    --------
    >>> is_bio_based("timber"), is_bio_based("wood-board"), is_bio_based("concrete")
    (True, True, False)
    """
    return family == "timber" or family.startswith("wood-")


def opened(module: str) -> tuple[str, ...]:
    """Modules that a module of a factor row holds; a bundle holds several.

    Examples
    --------
    >>> opened("A1-A3+A4+C")
    ('A1-A3', 'A4', 'C1', 'C2', 'C3', 'C4')
    """
    held: list[str] = []
    for piece in module.split("+"):
        held += ["C1", "C2", "C3", "C4"] if piece == "C" else [piece]
    return tuple(held)


@dataclass(frozen=True, slots=True)
class Factor:
    """Emissions of one unit of something, in one module and part, for one year.

    ``value`` = ``fossil`` + ``biogenic`` + ``land_use``, all in ``unit``. A blank ``fossil`` means that the source does
    not state the split. ``gas`` names the gas when the unit counts kilograms of it (``kg CO2/kWh``).
    """

    id: str
    module: str
    part: str
    year: int
    value: float
    unit: Unit
    source: str
    family: str = ""
    fossil: float | None = None
    biogenic: float | None = None
    land_use: float | None = None
    gas: str = ""
    gwp_set: str = "not-stated"
    geography: str = ""
    valid_to: int | None = None
    low: float | None = None
    high: float | None = None
    distribution: str = ""
    locator: str = ""
    confidence: str = ""
    doubtful: str = ""
    former_id: str = ""
    note: str = ""
    own: bool = False

    def __post_init__(self) -> None:
        stated = [part for part in (self.fossil, self.biogenic, self.land_use) if part is not None]
        if self.fossil is not None and abs(sum(stated) - self.value) > 1e-9 * max(map(abs, (self.value, *stated))):
            raise ValueError(f"{self.id} {self.module}: components sum to {sum(stated)}, value is {self.value}")

    @property
    def per(self) -> Unit:
        """What one unit is: the kWh of kg CO2e/kWh."""
        return self.unit.denominator

    @property
    def components(self) -> dict[str, float]:
        """Kilograms of CO2e (of the gas, where one is named) per unit, by component; what is not stated is fossil."""
        kilogram = _kilograms(self.unit.numerator)
        other = {"biogenic": self.biogenic or 0.0, "land_use": self.land_use or 0.0}
        fossil = self.value - sum(other.values()) if self.fossil is None else self.fossil
        return {"fossil": fossil * kilogram, **{key: value * kilogram for key, value in other.items()}}

    @property
    def flow_gas(self) -> str:
        """Gas of the flow: ``CO2e`` for a value as published."""
        return self.gas or ("CO2" if self.unit.numerator.dimension == "emission-CO2" else "CO2e")


def _kilograms(unit: Unit) -> float:
    base = {"emission": "kg CO2e", "emission-CO2": "kg CO2", "mass": "kg"}
    return ratio(unit, parse_unit(base[unit.dimension]))


@dataclass(frozen=True, slots=True)
class Property:
    """A constant of a material, fuel, equipment or place, with its source."""

    subject: str
    property: str
    value: float
    unit: Unit
    source: str
    locator: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where numbers come from."""

    source: str
    publisher: str
    title: str
    year: str
    url: str
    licence: str
    redistribution: str
    access: str
    shipping: str


@dataclass(frozen=True, slots=True)
class Gas:
    """A greenhouse gas: its global warming potentials over 100 years by set [kg CO2e/kg], and what else it is called.

    A blend has the mean of its components by mass; ``blend`` holds their shares [%]. ``sources`` names the source of
    each set.
    """

    gas: str
    gwp: Mapping[str, float]
    sources: Mapping[str, str]
    blend: Mapping[str, float]
    aliases: tuple[str, ...]
    confidence: str
    note: str

    @property
    def locator(self) -> str:
        """Where its values stand in their sources: its row, or those of its components."""
        parts = ", ".join(f"{share:g} % {each}" for each, share in self.blend.items())
        return f"mean of {parts}" if parts else f"row {self.gas}"

    def in_set(self, chosen: str) -> tuple[str, str]:
        """Set whose value is taken, and its source: a gas without a value in the chosen set takes its AR6 value.

        Examples
        --------
        >>> library().gases["HCFC-1233zd(E)"].in_set("AR5")
        ('AR6', 'ipcc-ar6-7sm7')
        """
        used = chosen if chosen in self.gwp else "AR6"
        return used, self.sources[used]


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of thing that factors stand for: its section, and what it is called in each language.

    ``words`` find it in the search and are not printed; ``propane@lpg`` is said only of ids that hold ``lpg``.
    """

    family: str
    section: str
    names: Mapping[str, str]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A factor row picked for a year with its weight; ``status`` says when the year is not the row's own."""

    factor: Factor
    weight: float = 1.0
    status: str = "given"


@dataclass(frozen=True, slots=True)
class Bridge:
    """How an amount in one dimension became another: amount × ``ratio``, by what property and source."""

    ratio: float
    property: str = ""
    source: str = ""


@dataclass(frozen=True, eq=False)
class Library:
    """All factors, properties, sources, gases and trajectories an assessment may use.

    A library is itself and equals no other, so that what is precomputed of one is kept by it.
    """

    factors: Mapping[str, tuple[Factor, ...]]
    names: Mapping[str, Mapping[str, str]]
    properties: Mapping[str, tuple[Property, ...]]
    sources: Mapping[str, Source]
    gases: Mapping[str, Gas]
    trajectories: Mapping[str, Mapping[int, float]]
    trajectory_sources: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)

    def __contains__(self, factor_id: object) -> bool:
        return factor_id in self.factors

    def gas_named(self, text: str) -> str | None:
        """Find the gas a number or name means; hyphens, spaces and case do not count; None where it is none.

        Examples
        --------
        >>> library().gas_named("r134a"), library().gas_named("HFO-1234ze"), library().gas_named("parsec")
        ('HFC-134a', 'HFC-1234ze(E)', None)
        """
        return self._gas_names.get(plain(text))

    @cached_property
    def _gas_names(self) -> dict[str, str]:
        return {plain(name): gas.gas for gas in self.gases.values() for name in (gas.gas, *gas.aliases)}

    def name(self, factor_id: str, language: str = "en") -> str:
        """Name of a factor in a language; English, then the id, where there is none."""
        names = self.names.get(factor_id, {})
        return names.get(language) or names.get("en") or factor_id

    def family(self, factor_id: str) -> str:
        """Family of a factor; blank for an unknown id."""
        return self.factors[factor_id][0].family if factor_id in self.factors else ""

    def parts(self, factor_id: str) -> list[tuple[str, str]]:
        """Modules and parts of an id, in the order of its rows."""
        return list(dict.fromkeys((row.module, row.part) for row in self.factors[factor_id]))

    def pick(self, factor_id: str, module: str, part: str, year: int) -> list[Choice]:
        """Pick the row of a module and part for a year: the newest not later than it, else the oldest.

        Series of grids and district heat are interpolated between their years: two rows with weights that sum to 1.

        Examples
        --------
        >>> [choice.factor.year for choice in library().pick("electricity-fi", "B6", "direct", 2030)]
        [2024]
        """
        found = [row for row in self.factors[factor_id] if (row.module, row.part) == (module, part)]
        found.sort(key=lambda row: row.year)
        before = [row for row in found if row.year <= year]
        after = [row for row in found if row.year > year]
        if not before:
            return [Choice(after[0], 1.0, "replaced")] if after else []
        last = before[-1]
        if last.year == year or not after or last.family not in _SERIES:
            return [Choice(last, 1.0, "given" if last.year == year else "held")]
        share = (year - last.year) / (after[0].year - last.year)
        return [Choice(last, 1.0 - share, "derived"), Choice(after[0], share, "derived")]

    def property(self, factor_id: str, name: str) -> Property | None:
        """Find a property of a factor, of its family or of a place."""
        for subject in (factor_id, f"family:{self.family(factor_id)}"):
            for row in self.properties.get(subject, ()):
                if row.property == name:
                    return row
        return None

    def joining(self, factor_id: str) -> Iterator[Property]:
        """Properties of a factor, then of its family, that join two dimensions."""
        for subject in (factor_id, f"family:{self.family(factor_id)}"):
            for row in self.properties.get(subject, ()):
                if row.property in BRIDGES:
                    yield row

    def bridge(self, factor_id: str, typed: Unit, mass_kg: float | None = None) -> Bridge:
        """How many of the factor's unit one typed unit is.

        The same dimension converts; another one is bridged by a property of the factor whose unit joins the two:
        density takes m³ to kg, net calorific value takes l to kWh, and back. ``mass_kg`` is kilograms per typed unit.

        Raises
        ------
        UnitError
            No property joins the two dimensions.

        Examples
        --------
        >>> library().bridge("concrete-c30-37-fi", parse_unit("m3"))
        Bridge(ratio=2400.0, property='density', source='co2data-2022')
        """
        wanted = self.factors[factor_id][0].per
        if typed.dimension == wanted.dimension:
            return Bridge(ratio(typed, wanted))
        if mass_kg is not None and wanted.dimension == "mass":
            return Bridge(mass_kg * ratio(parse_unit("kg"), wanted), "mass_kg", "as typed")
        for row in self.joining(factor_id):
            above, below = row.unit.numerator, row.unit.denominator
            if (below.dimension, above.dimension) == (typed.dimension, wanted.dimension):
                return Bridge(row.value * ratio(typed, below) * ratio(above, wanted), row.property, row.source)
            if (above.dimension, below.dimension) == (typed.dimension, wanted.dimension):
                return Bridge(ratio(typed, above) * ratio(below, wanted) / row.value, row.property, row.source)
        raise UnitError(f"{typed.label} does not fit {self.factors[factor_id][0].unit.label}")

    def with_own(self, own: Iterable[Factor], names: Mapping[str, str]) -> "Library":
        """Return this library with a study's own factors added."""
        factors = dict(self.factors)
        for row in own:
            factors[row.id] = (*(r for r in factors.get(row.id, ()) if r.own), row)
        added = {factor_id: {"en": name} for factor_id, name in names.items()}
        return replace(self, factors=factors, names={**self.names, **added})


def plain(text: str) -> str:
    """Letters and digits of a name, in one case: how names of gases are compared."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _number(text: str) -> float | None:
    return float(text) if text else None


def _names(row: Mapping[str, str]) -> dict[str, str]:
    return {language: row[f"name_{language}"] for language in ("en", "fi", "sv") if row[f"name_{language}"]}


def _factor(row: dict[str, str], family: str) -> Factor:
    return Factor(
        id=row["id"],
        module=row["module"],
        part=row["part"],
        year=int(row["year"]),
        value=float(row["value"]),
        unit=parse_unit(row["unit"]),
        source=row["source"],
        family=family,
        gwp_set=row["gwp_set"],
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
        fossil=_number(row["fossil"]),
        biogenic=_number(row["biogenic"]),
        land_use=_number(row["land_use"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        gas=row["gas"],
        geography=row["geography"],
        distribution=row["distribution"],
        locator=row["locator"],
        confidence=row["confidence"],
        doubtful=row["doubtful"],
        former_id=row["former_id"],
        note=row["note"],
    )


def _gas(row: dict[str, str]) -> Gas:
    gwp = {key: float(row[key]) for key in GWP_TABLE if row[key]}
    sources = row["source"].split(";")
    by_set = dict(zip(gwp, sources if len(sources) == len(gwp) else sources * len(gwp), strict=False))
    shares = (piece.rpartition(":") for piece in row["blend"].split(";") if piece)
    return Gas(
        gas=row["gas"],
        gwp=gwp,
        sources=by_set,
        blend={component: float(share) for component, _, share in shares},
        aliases=tuple(filter(None, row["aliases"].split(";"))),
        confidence=row["confidence"],
        note=row["note"],
    )


@cache
def library() -> Library:
    """Read the library that ships with Jälki, once."""
    names = {row["id"]: row for row in rows("factors", "names.csv")}
    factors: dict[str, list[Factor]] = {}
    for table in TABLES:
        for row in rows("factors", table):
            factors.setdefault(row["id"], []).append(_factor(row, names[row["id"]]["family"]))
    properties: dict[str, list[Property]] = {}
    for row in rows("factors", "properties.csv"):
        found = Property(**{**row, "value": float(row["value"]), "unit": parse_unit(row["unit"])})  # type: ignore[arg-type]
        properties.setdefault(found.subject, []).append(found)
    trajectories: dict[str, dict[int, float]] = {}
    trajectory_sources = {}
    for row in rows("factors", "trajectories.csv"):
        trajectories.setdefault(row["id"], {})[int(row["year"])] = float(row["value"])
        trajectory_sources[row["id"]] = row["source"]
    gases = {row["gas"]: _gas(row) for row in rows("factors", "gases.csv")}
    return Library(
        factors=MappingProxyType({key: tuple(value) for key, value in factors.items()}),
        names={key: _names(row) for key, row in names.items()},
        properties={key: tuple(value) for key, value in properties.items()},
        sources={row["source"]: Source(**row) for row in rows("factors", "sources.csv")},
        gases=gases,
        trajectories=trajectories,
        trajectory_sources=trajectory_sources,
        families={
            row["family"]: Family(
                row["family"], row["section"], _names(row), tuple(filter(None, row["words"].split(";")))
            )
            for row in rows("factors", "families.csv")
        },
    )
