"""What a row of the library is: factors, properties, sources, gases, families."""

from collections.abc import Mapping
from dataclasses import dataclass

from factors.units import Unit, parse_unit, ratio

COMPONENTS = ("fossil", "biogenic", "land_use")


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
    def sources(self) -> tuple[str, ...]:
        """Keys of its sources: the one it was read in first, then those its arithmetic takes as well."""
        return tuple(filter(None, self.source.split(";")))

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
        >>> Gas("x", {"AR6": 3.88}, {"AR6": "ipcc-ar6-7sm7"}, {}, (), "read", "").in_set("AR5")
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


def plain(text: str) -> str:
    """Letters and digits of a name, in one case: how names of gases are compared."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
