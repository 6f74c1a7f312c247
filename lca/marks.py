"""How values came about that nobody typed: a code, and the sentence it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from factors.problem_kinds import N_

HOW: Mapping[str, str] = {
    "library-default": N_("library default of {subject}"),
    "format-default": N_("what a blank cell means in the format"),
    "bridged": N_("bridged by {property}"),
    "oldest-row": N_("oldest row ({row}) stands for {year}"),
    "row-held": N_("row of {row} held"),
    "grid-loss": N_("{level} losses of {country}"),
    "trajectory": N_("{trajectory} {year} over {newest}"),
    "trajectory-between": N_("{trajectory} {year} over {newest}, linear between {a} and {b}"),
    "trajectory-held": N_("{trajectory} {year} over {newest}, its last year {last} held"),
    "grid-hours": N_("hours of {file}: what the consumption meets over the mean of the year"),
    "part-from-location": N_("{part} part taken from the location grid"),
    "capacity-and-load": N_("{power} kW × {load} % × {hours} h"),
    "hardware-power": N_("{count} × {power} W × {hours} h"),
    "server-curve": N_("{power} kW × {fill} % × {curve} of full power × {hours} h"),
    "simulated": N_("simulated with the weather of {weather}"),
    "generator-tests": N_("{units} generators × {hours} h × {power} kW at the load of the tests"),
    "heat-pump": N_("electricity of the heat pump, once, from the Heat row"),
    "closure": N_("biogenic carbon taken up in A1-A3 is released in C3"),
    "site-waste": N_("site waste of the material"),
    "heat-simulated": N_("offered by the simulated hall"),
    "heat-matched": N_("what the network takes: {taken} of {offered} MWh offered"),
    "cop-from-temperatures": N_("COP from temperatures by the model {model}"),
    "pipe-loss": N_("heat that the pipe to the network loses"),
    "pipe-pumping": N_("electricity that pumps the heat through its pipe"),
    "merit-order": N_("share of {unit} in the heat that stands still"),
    "of-equipment": N_("that of {line}"),
    "last-row-held": N_("held from the last dated row beyond {year}"),
}
"""Sentences by code; the catalogues hold them in other languages."""

ALONG = ("trajectory", "trajectory-between", "trajectory-held")
"""Codes of a grid along its trajectory: a year that the series gives, one between two of its years, one after them."""

LINE_NAMES = (
    N_("IT energy from capacity and load"),
    N_("Heat pump electricity"),
    N_("Heat displaced in the network"),
    N_("Cooling electricity saved"),
    N_("Exported electricity"),
    N_("Cooling, simulated"),
    N_("Losses of UPS and distribution, simulated"),
    N_("Lighting, simulated"),
    N_("Generator tests, simulated"),
    N_("Pumping of the heat"),
)
"""Names of lines that nobody named."""

PUMP_ELECTRICITY, HEAT_DISPLACED, COOLING_SAVED, PUMPING = (LINE_NAMES[i] for i in (1, 2, 3, 9))
"""Names of what recovered heat has outside the footprint."""

UNCLAIMED = N_("unclaimed")
"""Holder of a benefit that nobody claims."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that was not typed: where, what, how it came about, and from what source."""

    line: str
    column: str
    value: float
    unit: str
    status: str
    code: str
    source: str = ""
    values: tuple[tuple[str, str], ...] = field(default=())

    def as_json(self) -> dict[str, object]:
        """Return the value as the results document holds it: ``how`` in English, and its code with what fills it.

        Examples
        --------
        >>> Mark("P1", "service_life", 20.0, "a", "derived", "of-equipment", "", (("line", "P2"),)).as_json()["how"]
        'that of P2'
        """
        return {
            "line": self.line,
            "column": self.column,
            "value": self.value,
            "unit": self.unit,
            "status": self.status,
            "how": HOW[self.code].format_map(dict(self.values)),
            "source": self.source,
            "code": self.code,
            "values": dict(self.values),
        }
