"""What is looked for in a file of hours: its columns by their names in three languages, units and bounds of values."""

import re
from dataclasses import dataclass
from math import inf

from factors.units import Unit, UnitError, parse_unit
from inventories.plausible import SATURATED, highest_intensity
from inventories.stamps import ZONE

ENERGY, POWER, TEMPERATURE, INTENSITY = "energy", "power", "temperature", "emission/energy"
TIMES = frozenset(
    ("timestamp", "time", "datetime", "date time", "date", "start", "start time", "starttime", "time start", "utc",
     "aika", "aikaleima", "alkuaika", "alku", "pvm", "päivä", "päiväys", "pvm klo",
     "tid", "tidpunkt", "starttid", "datum", "tidsstämpel")
)  # fmt: skip
ENDS = frozenset(("end", "end time", "endtime", "time end", "loppuaika", "loppu", "sluttid", "slut"))
CLOCKS = frozenset(("hour", "time", "tunti", "klo", "kello", "timme", "kl", "aika", "tid"))
VALUES = frozenset(("value", "arvo", "määrä", "mängd", "värde", "consumption", "kulutus", "förbrukning"))
HUMIDITIES = frozenset(
    ("relative humidity", "humidity", "rh", "suhteellinen kosteus", "kosteus", "relativ fuktighet", "fuktighet",
     "luftfuktighet", "relativ luftfuktighet", "suhteellinen kosteus keskiarvo", "suhteellisen kosteuden keskiarvo",
     "average relative humidity", "relative humidity mean")
)  # fmt: skip
TEMPERATURES = frozenset(
    ("lämpötila", "ilman lämpötila", "lämpötilan keskiarvo", "ilman lämpötila keskiarvo", "temperature",
     "air temperature", "average temperature", "air temperature mean", "temperatur", "lufttemperatur")
)  # fmt: skip
"""Which of several temperatures is the outdoor air's mean: not the lowest, the highest or the dew point."""

BRACKET = re.compile(r"[\[(]([^\])]*)[\])]")
"""What stands in brackets behind the name of a column: its unit or zone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a column of the study asks a file for: the dimensions its unit may have, and its bounds."""

    dimensions: tuple[str, ...]
    units: str
    least: float = 0.0
    most: float = inf


LOAD = Wanted((ENERGY, POWER), "kWh, MWh, kW, MW")
GRID = Wanted((INTENSITY,), "g CO2/kWh, kg CO2e/kWh")
WEATHER = Wanted((TEMPERATURE,), "°C", -90.0, 60.0)
HUMIDITY = Wanted(("ratio",), "%", 0.0, SATURATED)


def _is_intensity(unit: Unit, wanted: Wanted) -> bool:
    """Whether a unit is of CO2 or CO2e per energy, where that is wanted: the grid states either."""
    above, _, below = unit.dimension.partition("/")
    return wanted is GRID and above.startswith("emission") and below == ENERGY


def fits(unit: Unit, wanted: Wanted) -> bool:
    """Whether a unit is one that a column of the study asks for."""
    return unit.dimension in wanted.dimensions or _is_intensity(unit, wanted)


def most_of(wanted: Wanted, unit: Unit | None) -> float:
    """Return the highest value of a file, in its unit."""
    return highest_intensity(unit) if wanted is GRID else wanted.most


def states_fitting(text: str, wanted: Wanted) -> bool:
    """Whether a text is a unit that a column of the study asks for."""
    try:
        return fits(parse_unit(text), wanted)
    except UnitError:
        return False


def name_of(head: str) -> str:
    """Header without its unit and zone, for comparing: ``Start time UTC+03:00`` is ``start time``."""
    bare = ZONE.sub(" ", BRACKET.sub(" ", head))
    return " ".join(bare.replace("_", " ").split()).casefold() or head.casefold()
