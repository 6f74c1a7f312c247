"""Check of the factor library: named rules, each looking for one kind of fault. ``jalki factors check`` runs them."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from factors.index import said_of
from factors.library import SECTIONS, Library
from factors.model import Factor, is_bio_based, opened, plain
from factors.tables import rows
from factors.units import parse_unit, ratio

GWP_SETS = ("AR4", "AR5", "AR6", "mixed", "not-stated")
MODULES = (
    "A0", "A1-A3", "A4", "A5", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "C", "C1", "C2", "C3", "C4", "D1", "D2",
)  # fmt: skip
PARTS = ("", "direct", "upstream", "losses")
CONFIDENCES = ("read", "second-hand", "knowledge", "derived")
SHIPPING = ("open", "odbl", "facts")
OPEN_LICENCES = (
    "CC BY 4.0", "CC0", "Open Government Licence v3.0", "Apache-2.0", "BSD-3-Clause", "EU reuse decision", "legal text",
)  # fmt: skip
"""How a licence begins that was read and lets numbers be shipped with their notice."""

SPREAD = 3.0
"""How far a member may lie from the median of its family without a note that says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the library: the rule, the row, what is wrong."""

    rule: str
    row: str
    what: str


@dataclass(frozen=True, slots=True)
class Researched:
    """Where one researched row went: a row of the library, or the reason it was not taken."""

    former_id: str
    file: str
    id: str
    module: str
    part: str
    year: str
    reason: str

    @property
    def kind(self) -> str:
        """``factor``, ``gas``, ``property``, or ``not taken``."""
        if not self.id:
            return "not taken"
        return {"gases": "gas", "properties": "property"}.get(self.id.partition(":")[0], "factor")


@cache
def researched() -> tuple[Researched, ...]:
    """Every researched row with where it went."""
    return tuple(Researched(**row) for row in rows("factors", "researched.csv"))


def _all(library: Library) -> Iterator[Factor]:
    for its_rows in library.factors.values():
        yield from its_rows


def _name(row: Factor) -> str:
    return " ".join(piece for piece in (row.id, row.module, row.part, str(row.year)) if piece)


def keys_unique(library: Library) -> Iterator[Fault]:
    """One row for an id, module, part and year."""
    seen: set[tuple[str, str, str, int]] = set()
    for row in _all(library):
        key = (row.id, row.module, row.part, row.year)
        if key in seen:
            yield Fault("keys_unique", _name(row), "stands twice")
        seen.add(key)


def sources_located(library: Library) -> Iterator[Fault]:
    """Every row names a source of the list and the place in it."""
    for row in _all(library):
        if not row.sources or any(source not in library.sources for source in row.sources):
            yield Fault("sources_located", _name(row), f"source {row.source!r} is not in sources.csv")
        if not row.locator:
            yield Fault("sources_located", _name(row), "no locator")
    for subject, its_rows in library.properties.items():
        for each in its_rows:
            if each.source not in library.sources or not each.locator:
                yield Fault(
                    "sources_located", f"{subject} {each.property}", f"source {each.source!r}, {each.locator!r}"
                )


def lists_closed(library: Library) -> Iterator[Fault]:
    """Modules, parts, GWP sets and confidences are of their closed lists; a part stands only with B6."""
    for row in _all(library):
        if any(piece not in MODULES for piece in row.module.split("+")):
            yield Fault("lists_closed", _name(row), f"module {row.module!r}")
        if row.part not in PARTS or (row.part and row.module != "B6"):
            yield Fault("lists_closed", _name(row), f"part {row.part!r}")
        if row.gwp_set not in GWP_SETS:
            yield Fault("lists_closed", _name(row), f"GWP set {row.gwp_set!r}")
        if row.confidence not in CONFIDENCES:
            yield Fault("lists_closed", _name(row), f"confidence {row.confidence!r}")


def units_are_emissions(library: Library) -> Iterator[Fault]:
    """A factor is kg of CO2e or of a named gas per something; all rows of an id are per the same kind of thing."""
    for its_rows in library.factors.values():
        dimensions = {row.per.dimension for row in its_rows}
        for row in its_rows:
            above = row.unit.numerator.dimension
            if above not in ("emission", "emission-CO2") or (above == "emission-CO2") != bool(row.gas):
                yield Fault("units_are_emissions", _name(row), row.unit.label)
            if row.module == "B6" and row.per.dimension not in ("energy", "volume", "mass"):
                yield Fault("units_are_emissions", _name(row), f"energy per {row.per.label}")
        if len(dimensions) > 1:
            yield Fault("units_are_emissions", its_rows[0].id, f"per {', '.join(sorted(dimensions))}")


def ranges_ordered(library: Library) -> Iterator[Fault]:
    """Low ≤ value ≤ high, with the name of the distribution."""
    for row in _all(library):
        if (row.low is None) != (row.high is None):
            yield Fault("ranges_ordered", _name(row), "half a range")
        elif (
            row.low is not None and row.high is not None and not (row.low <= row.value <= row.high and row.distribution)
        ):
            yield Fault("ranges_ordered", _name(row), f"{row.low} ≤ {row.value} ≤ {row.high} {row.distribution}")


def components_sum(library: Library) -> Iterator[Fault]:
    """Value = fossil + biogenic + land use, within 1e-9; fossil is negative only in module D."""
    for row in _all(library):
        stated = [part for part in (row.fossil, row.biogenic, row.land_use) if part is not None]
        if stated and row.fossil is None:
            yield Fault("components_sum", _name(row), "components without the fossil one")
        if stated and abs(sum(stated) - row.value) > 1e-9 * max(map(abs, (row.value, *stated))):
            yield Fault("components_sum", _name(row), f"{sum(stated)} is not {row.value}")
        if row.components["fossil"] < 0 and not row.module.startswith("D"):
            yield Fault("components_sum", _name(row), "negative fossil part outside module D")


def bio_based_parted(library: Library) -> Iterator[Fault]:
    """What is made of wood states the fossil and the biogenic part of its making."""
    for row in _all(library):
        made = {"A1", "A1-A3"}.intersection(opened(row.module))
        if made and is_bio_based(row.family) and (row.fossil is None or row.biogenic is None):
            yield Fault("bio_based_parted", _name(row), "no split into fossil and biogenic")


def biogenic_closes(library: Library) -> Iterator[Fault]:
    """Biogenic carbon of a fuel sums to 0 over its parts; a product never releases more than it took up."""
    for factor_id, its_rows in library.factors.items():
        newest = max(row.year for row in its_rows)
        total = sum(row.components["biogenic"] for row in its_rows if row.year == newest)
        scale = max(abs(row.components["biogenic"]) for row in its_rows)
        energy = all(row.module == "B6" for row in its_rows)
        took_up = any(row.components["biogenic"] < 0 for row in its_rows)
        if took_up and (abs(total) > 1e-9 * scale if energy else total > 1e-9 * scale):
            yield Fault("biogenic_closes", factor_id, f"biogenic sums to {total:g}")


def licences_allow(library: Library) -> Iterator[Fault]:
    """Every source says how its numbers may be shipped; open-database rows stand in their own table."""
    for source in library.sources.values():
        unread = source.shipping == "open" and not source.licence.startswith(OPEN_LICENCES)
        if source.shipping not in SHIPPING or not source.licence or unread:
            yield Fault("licences_allow", source.source, f"{source.shipping!r}, licence {source.licence!r}")
    for name, allowed in (("factors.csv", ("open", "facts")), ("factors_odbl.csv", ("odbl",))):
        for row in rows("factors", name):
            cited = (library.sources.get(key) for key in row["source"].split(";"))
            for known in cited:
                if known is not None and known.shipping not in allowed:
                    yield Fault("licences_allow", f"{row['id']} in {name}", f"source is {known.shipping}")


def attributions_given(library: Library) -> Iterator[Fault]:
    """Every source under an open licence is named in the page of attributions that ships beside the tables."""
    page = files("factors").joinpath("data", "ATTRIBUTION.md").read_text(encoding="utf-8")
    for source in library.sources.values():
        if source.shipping in ("open", "odbl") and f"`{source.source}`" not in page:
            yield Fault("attributions_given", source.source, "is not in ATTRIBUTION.md")


def gases_whole(library: Library) -> Iterator[Fault]:
    """A gas has an AR6 value and known sources; a name means one gas; a blend is the mean of its components by mass."""
    seen: dict[str, str] = {}
    for gas in library.gases.values():
        if gas.confidence not in CONFIDENCES:
            yield Fault("gases_whole", gas.gas, f"confidence {gas.confidence!r}")
        if "AR6" not in gas.gwp or any(source not in library.sources for source in gas.sources.values()):
            yield Fault("gases_whole", gas.gas, f"sets {', '.join(gas.gwp)}; sources {', '.join(gas.sources.values())}")
        for name in {plain(name) for name in (gas.gas, *gas.aliases)}:
            if seen.setdefault(name, gas.gas) != gas.gas:
                yield Fault("gases_whole", gas.gas, f"{name} also means {seen[name]}")
        for chosen, value in gas.gwp.items() if gas.blend else ():
            total = sum(gas.blend.values())
            parts = [(share, library.gases[each].gwp.get(chosen)) for each, share in gas.blend.items()]
            mean = sum(share * (1.0 if each is None else each) for share, each in parts) / total
            if abs(total - 100.0) > 1e-9 or abs(mean - value) > 1e-4:
                yield Fault("gases_whole", gas.gas, f"{chosen} is {value}, its components give {mean:.4f}")


def families_agree(library: Library) -> Iterator[Fault]:
    """No member of a family lies more than three times off its median, per unit and module, without a note."""
    groups: dict[tuple[str, str, str, str], list[Factor]] = {}
    for row in _all(library):
        if row.value > 0:
            groups.setdefault((row.family, row.module, row.part, row.per.dimension), []).append(row)
    for members in groups.values():
        if len({row.id for row in members}) < 3:
            continue
        middle = statistics.median(_per_base(row) for row in members)
        for row in members:
            off = max(_per_base(row) / middle, middle / _per_base(row))
            if off > SPREAD and not row.note and not row.doubtful:
                yield Fault("families_agree", _name(row), f"{off:.1f} times off the median of {row.family}")


_BASE = {"mass": "kg", "energy": "kWh", "volume": "m3", "area": "m2", "length": "m", "power": "kW", "count": "piece"}


def _per_base(row: Factor) -> float:
    base = _BASE.get(row.per.dimension)
    return row.value * (ratio(parse_unit(base), row.per) if base else 1.0)


def periods_apart(library: Library) -> Iterator[Fault]:
    """A row is valid until the next one of its kind begins."""
    groups: dict[tuple[str, str, str], list[Factor]] = {}
    for row in _all(library):
        groups.setdefault((row.id, row.module, row.part), []).append(row)
    for members in groups.values():
        ordered = sorted(members, key=lambda row: row.year)
        for row, follower in zip(ordered, ordered[1:], strict=False):
            if row.valid_to is not None and row.valid_to >= follower.year:
                yield Fault("periods_apart", _name(row), f"valid to {row.valid_to}, the next begins {follower.year}")


def names_given(library: Library) -> Iterator[Fault]:
    """Every id has an English and a Finnish name, and a family."""
    for factor_id, its_rows in library.factors.items():
        for language in ("en", "fi"):
            if not library.names.get(factor_id, {}).get(language):
                yield Fault("names_given", factor_id, f"no name in {language}")
        if not its_rows[0].family:
            yield Fault("names_given", factor_id, "no family")


def families_named(library: Library) -> Iterator[Fault]:
    """Every family used has a section and names in three languages; every family and search word is of a factor."""
    used = {its_rows[0].family for its_rows in library.factors.values()}
    for family in sorted(used - library.families.keys()):
        yield Fault("families_named", family, "is not in families.csv")
    for family, row in library.families.items():
        if family not in used:
            yield Fault("families_named", family, "no factor is of it")
        if row.section not in SECTIONS:
            yield Fault("families_named", family, f"section {row.section!r}")
        for language in ("en", "fi", "sv"):
            if not row.names.get(language):
                yield Fault("families_named", family, f"no name in {language}")
        ids = [factor_id for factor_id, its_rows in library.factors.items() if its_rows[0].family == family]
        for word in row.words:
            if word != word.strip() or not any(said_of(word, factor_id) for factor_id in ids):
                yield Fault("families_named", family, f"search word {word!r} is said of no factor")


def one_default_a_country(library: Library) -> Iterator[Fault]:
    """A country has one grid and at most one residual mix that an assessment takes by itself."""
    for family in ("grid", "residual-mix"):
        seen: dict[str, str] = {}
        for factor_id, its_rows in library.factors.items():
            if its_rows[0].family != family or its_rows[0].doubtful:
                continue
            country = its_rows[0].geography
            if country in seen:
                yield Fault("one_default_a_country", factor_id, f"{seen[country]} is the {family} of {country} already")
            seen.setdefault(country, factor_id)


def researched_rows_arrived(library: Library) -> Iterator[Fault]:
    """Every researched row names a row that is here, or says why it was not taken."""
    seen: set[tuple[str, str]] = set()
    keys = {(row.id, row.module, row.part, str(row.year)) for row in _all(library)}
    for each in researched():
        if (each.file, each.former_id) in seen:
            yield Fault("researched_rows_arrived", each.former_id, "stands twice")
        seen.add((each.file, each.former_id))
        if each.kind == "not taken" and not each.reason:
            yield Fault("researched_rows_arrived", each.former_id, "neither an id nor a reason")
        if each.kind == "factor" and (each.id, each.module, each.part, each.year) not in keys:
            yield Fault(
                "researched_rows_arrived",
                each.former_id,
                f"{each.id} {each.module} {each.part} {each.year} is not here",
            )
        if each.kind == "gas" and each.id.partition(":")[2] not in library.gases:
            yield Fault("researched_rows_arrived", each.former_id, f"{each.id} is not here")
        if each.kind == "property":
            subject, _, name = each.id.partition(":")[2].rpartition("/")
            if not any(row.property == name for row in library.properties.get(subject, ())):
                yield Fault("researched_rows_arrived", each.former_id, f"{each.id} is not here")


RULES: tuple[Callable[[Library], Iterator[Fault]], ...] = (
    keys_unique,
    sources_located,
    lists_closed,
    units_are_emissions,
    ranges_ordered,
    components_sum,
    bio_based_parted,
    biogenic_closes,
    licences_allow,
    attributions_given,
    gases_whole,
    families_agree,
    periods_apart,
    names_given,
    families_named,
    one_default_a_country,
    researched_rows_arrived,
)
"""Rules in the order they are run."""


def check(library: Library) -> list[Fault]:
    """Run every rule over a library."""
    return [fault for rule in RULES for fault in rule(library)]
