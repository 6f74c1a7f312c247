"""The emission-factor library: read from its tables, picked by year, bridged by properties."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from types import MappingProxyType

from factors.model import Bridge, Choice, Factor, Family, Gas, Property, Source, plain
from factors.tables import rows
from factors.units import Unit, UnitError, parse_unit, ratio

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


@dataclass(frozen=True, eq=False)
class Library:
    """All factors, properties, sources and gases an assessment may use.

    ``trajectories`` names the series that the grid of a country may follow, its national one first.

    A library is itself and equals no other, so that what is precomputed of one is kept by it.
    """

    factors: Mapping[str, tuple[Factor, ...]]
    names: Mapping[str, Mapping[str, str]]
    properties: Mapping[str, tuple[Property, ...]]
    sources: Mapping[str, Source]
    gases: Mapping[str, Gas]
    trajectories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
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
    trajectories: dict[str, list[str]] = {}
    for row in rows("factors", "trajectories.csv"):
        of_country = trajectories.setdefault(row["geography"], [])
        of_country.insert(0 if row["national"] else len(of_country), row["factor"])
    gases = {row["gas"]: _gas(row) for row in rows("factors", "gases.csv")}
    return Library(
        factors=MappingProxyType({key: tuple(value) for key, value in factors.items()}),
        names={key: _names(row) for key, row in names.items()},
        properties={key: tuple(value) for key, value in properties.items()},
        sources={row["source"]: Source(**row) for row in rows("factors", "sources.csv")},
        gases=gases,
        trajectories={country: tuple(series) for country, series in trajectories.items()},
        families={
            row["family"]: Family(
                row["family"], row["section"], _names(row), tuple(filter(None, row["words"].split(";")))
            )
            for row in rows("factors", "families.csv")
        },
    )
