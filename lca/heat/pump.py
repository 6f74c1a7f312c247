"""Heat pumps, heat exchangers and heat to power: what temperatures allow, by published models.

Pure functions. Temperatures are °C at the ports and kelvin inside; a source is cooled from its inlet to its outlet, a
sink is heated from its inlet to its outlet. COP is heat delivered over electricity.

Every model states where it holds. Outside of that it raises ``RangeError`` with the reason: no number is better than
one that looks right.
"""

from dataclasses import dataclass

import numpy as np

from lca.parameters import Number
from lca.replacement import Values
from lca.simulation import KELVIN

LEAST_LIFT = 5.0
"""Smallest difference of the mean temperatures of sink and source [K]; below it a heat exchanger does the work."""

LEAST_APPROACH = 0.01
"""Difference of two temperatures [K] below which their logarithmic mean is taken as their arithmetic one."""

PINCH = 5.0
"""Temperature difference in the heat exchangers of a pump in the model of Jensen [K]: Pieper et al. 2020."""

ISENTROPIC = 0.8
"""Isentropic efficiency of the compressor in the model of Jensen: Pieper et al. 2020."""

REFRIGERANTS = {
    "ammonia": ((0.2, 0.2, 0.016), (0.0014, -0.0015, 0.039)),
    "isobutane": ((-0.0011, 0.3, 2.4), (0.0035, -0.0033, 0.053)),
}
"""Coefficients of the linear fits of Jensen et al. 2018, Table 2: mean temperature difference of the condensing
refrigerant to the sink, and work that expansion wastes over that of compression."""


class RangeError(ValueError):
    """A model is asked outside of where it holds: ``quantity`` is ``value`` and should be within ``low`` and ``high``.

    The bounds are those of the paper; they are part of the message a reader sees.
    """

    def __init__(self, quantity: str, value: float, low: float, high: float) -> None:
        super().__init__(f"{quantity} is {value:g}, valid from {low:g} to {high:g}")
        self.quantity, self.value, self.low, self.high = quantity, value, low, high


@dataclass(frozen=True, slots=True)
class Ports:
    """Temperatures of a heat pump [°C]: the source cooled from inlet to outlet, the sink heated from inlet to outlet.

    Each is a number, or an array of one value an hour.
    """

    source_in: Number
    source_out: Number
    sink_in: Number
    sink_out: Number

    @property
    def source(self) -> Number:
        """Mean temperature of the source [K]."""
        return log_mean(self.source_in + KELVIN, self.source_out + KELVIN)

    @property
    def sink(self) -> Number:
        """Mean temperature of the sink [K]."""
        return log_mean(self.sink_in + KELVIN, self.sink_out + KELVIN)


def _within(quantity: str, values: Number, low: float, high: float) -> None:
    """Raise ``RangeError`` for the value that is furthest outside of the bounds."""
    least, most = float(np.min(values)), float(np.max(values))
    if least < low or most > high:
        raise RangeError(quantity, least if low - least > most - high else most, low, high)


def log_mean(one: Number, other: Number) -> Number:
    """Logarithmic mean of two temperatures [K], (a - b)/ln(a/b); their arithmetic mean where they are equal.

    Examples
    --------
    >>> round(float(log_mean(358.15, 323.15)), 2), float(log_mean(300.0, 300.0))
    (340.35, 300.0)
    """
    a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    near = np.abs(a - b) < LEAST_APPROACH
    spread = np.where(near, 1.0, a - b)
    found: Values = np.where(near, (a + b) / 2.0, spread / np.log(np.where(near, np.e, a / b)))
    return found


def lorenz(sink: Number, source: Number) -> Number:
    """COP of a reversible pump between two streams: T_h/(T_h - T_c) of their mean temperatures [K] (Lorenz 1894).

    Raises
    ------
    RangeError
        The sink is not at least ``LEAST_LIFT`` above the source.

    Examples
    --------
    A network heated from 50 to 85 °C by water cooled from 30 to 20 °C:

    >>> of = Ports(30.0, 20.0, 50.0, 85.0)
    >>> round(float(lorenz(of.sink, of.source)), 2)
    8.06
    """
    lift = sink - source
    _within("lift", lift, LEAST_LIFT, np.inf)
    return sink / lift


def by_lorenz(ports: Ports, efficiency: Number) -> Number:
    """COP as a share of the Lorenz COP, η·T_h/(T_h - T_c).

    Parameters
    ----------
    ports
        Temperatures.
    efficiency
        η, above 0 and at most 1. Large pumps for district heat reach about 0.40 to 0.55; the plant at Kajaani (33.5 MW
        heat from 25.8 MW cooling, 30 → 20 °C and 50 → 85 °C: Fenagy, Case Kajaani) reaches 0.54 by its nameplate.

    Raises
    ------
    RangeError
        Lift too small.

    Examples
    --------
    >>> round(float(by_lorenz(Ports(30.0, 20.0, 50.0, 85.0), 0.54)), 2)
    4.35
    """
    return efficiency * lorenz(ports.sink, ports.source)


def by_carnot(ports: Ports, efficiency: Number) -> Number:
    """COP as a share of the Carnot COP between the outlets, η·T_ho/(T_ho - T_co).

    Between streams that glide it understates what is possible: prefer the Lorenz COP.

    Raises
    ------
    RangeError
        The sink leaves less than ``LEAST_LIFT`` warmer than the source.

    Examples
    --------
    Heat at 40 °C from a source at 12 °C, both without glide, at 40 % (oemof.thermal 0.0.8, test of its COP):

    >>> round(float(by_carnot(Ports(12.0, 12.0, 40.0, 40.0), 0.4)), 4)
    4.4736
    """
    lift = ports.sink_out - ports.source_out
    _within("lift", lift, LEAST_LIFT, np.inf)
    return efficiency * (ports.sink_out + KELVIN) / lift


def by_jensen(ports: Ports, refrigerant: str) -> Number:
    """COP of a single-stage pump by its refrigerant (Jensen et al. 2018, with the parameters of Pieper et al. 2020).

    COP = COP_L · [1 + (ΔT_rk + ΔT_pp)/T_h] / [1 + (ΔT_rk + ΔT_rs + 2·ΔT_pp)/(T_h - T_c)] · η·(1 - w) + 1 - η, with
    ΔT_rs = (T_ci - T_co)/2, and ΔT_rk and w linear in the lift T_ho - T_co + 2·ΔT_pp and in the glide T_ho - T_hi.

    Parameters
    ----------
    ports
        Temperatures; the sink leaves at least 10 K warmer than the source comes.
    refrigerant
        ``ammonia`` or ``isobutane``.

    Raises
    ------
    RangeError
        The lift is below 10 K.

    Notes
    -----
    J. K. Jensen, T. Ommen, L. Reinholdt, W. B. Markussen, B. Elmegaard, Heat pump COP, part 2, 13th IIR Gustav
    Lorentzen Conference, 2018 (doi:10.18462/iir.gl.2018.1386); H. Pieper, T. Ommen, J. K. Jensen, B. Elmegaard, W. B.
    Markussen, Energy 205 (2020) 117994. Heat lost to the surroundings is taken as nothing.

    Examples
    --------
    >>> at = Ports(30.0, 20.0, 50.0, 85.0)
    >>> round(float(by_jensen(at, "ammonia")), 2), round(float(by_jensen(at, "isobutane")), 2)
    (3.57, 3.47)
    """
    _within("lift", ports.sink_out - ports.source_in, 10.0, np.inf)
    condensing, expanding = REFRIGERANTS[refrigerant]
    lift, glide = ports.sink_out - ports.source_out + 2.0 * PINCH, ports.sink_out - ports.sink_in
    at_sink = condensing[0] * lift + condensing[1] * glide + condensing[2]
    at_source = (ports.source_in - ports.source_out) / 2.0
    wasted = expanding[0] * lift + expanding[1] * glide + expanding[2]
    raised = 1.0 + (at_sink + PINCH) / ports.sink
    widened = 1.0 + (at_sink + at_source + 2.0 * PINCH) / (ports.sink - ports.source)
    ideal = lorenz(ports.sink, ports.source) * raised / widened
    return ideal * ISENTROPIC * (1.0 - wasted) + 1.0 - ISENTROPIC


def by_jesper(ports: Ports) -> Number:
    """COP of pumps on the market, a regression over 33 of them (Jesper et al. 2021).

    Up to a sink of 100 °C: COP = 1.4480·10¹² · (ΔT + 2·88.730)^-4.9460, for ΔT of 10 to 78 K and a source of -10 to
    60 °C. Above, to 160 °C: COP = 1.9118 · (ΔT + 2·0.044189)^-0.89094 · (T_ho + 0.044189)^0.67895, T_ho in kelvin, for
    ΔT of 25 to 95 K and a source of 25 to 110 °C. ΔT is sink outlet less source inlet.

    Raises
    ------
    RangeError
        A temperature is outside of what was on the market.

    Notes
    -----
    M. Jesper, F. Schlosser, F. Pag, T. G. Walmsley, B. Schmitt, K. Vajen, Renewable and Sustainable Energy Reviews 137
    (2021) 110646. The coefficients were read in published code that cites the paper: second-hand.

    Examples
    --------
    >>> [round(float(by_jesper(Ports(at, 20.0, 50.0, hot))), 2) for at, hot in ((30.0, 85.0), (45.0, 115.0))]
    [2.86, 2.48]
    """
    lift, hot = np.asarray(ports.sink_out - ports.source_in), np.asarray(ports.sink_out) > 100.0
    source = np.broadcast_to(ports.source_in, lift.shape)
    for chosen, least, most, coldest, warmest in ((~hot, 10.0, 78.0, -10.0, 60.0), (hot, 25.0, 95.0, 25.0, 110.0)):
        if np.any(chosen):
            _within("lift", lift[chosen], least, most)
            _within("source", source[chosen], coldest, warmest)
    _within("sink", ports.sink_out, -np.inf, 160.0)
    kelvin = np.asarray(ports.sink_out) + KELVIN
    below = 1.4480e12 * (lift + 2 * 88.730) ** -4.9460
    above = 1.9118 * (np.maximum(lift, 0.0) + 2 * 0.044189) ** -0.89094 * (kelvin + 0.044189) ** 0.67895
    found: Values = np.where(hot, above, below)
    return found


def halves(ports: Ports) -> tuple[Ports, Ports]:
    """Ports of two pumps in series on both sides: each heats half of the sink, the warmer half by the warmer source.

    Examples
    --------
    >>> halves(Ports(30.0, 20.0, 50.0, 85.0))[1]
    Ports(source_in=30.0, source_out=25.0, sink_in=67.5, sink_out=85.0)
    """
    source, sink = (ports.source_in + ports.source_out) / 2.0, (ports.sink_in + ports.sink_out) / 2.0
    return (
        Ports(source, ports.source_out, ports.sink_in, sink),
        Ports(ports.source_in, source, sink, ports.sink_out),
    )


def in_series(cops: tuple[Number, Number]) -> Number:
    """COP of two pumps that each deliver half of the heat: 2 / (1/COP_1 + 1/COP_2).

    Examples
    --------
    >>> in_series((6.0, 3.0))
    4.0
    """
    return 2.0 / (1.0 / cops[0] + 1.0 / cops[1])


def with_auxiliaries(cop: Number, share: float) -> Number:
    """COP with the pumps and controls of the plant: they take ``share`` of the compressors' electricity, on top of it.

    Examples
    --------
    >>> with_auxiliaries(4.12, 0.03)
    4.0
    """
    return cop / (1.0 + share)


def at_part_load(cop: Number, load: Number, loss: float) -> Number:
    """COP at part load, COP·(1 - loss·(1 - load)); ``loss`` is what is missing at no load, linear.

    Examples
    --------
    >>> at_part_load(4.0, 0.5, 0.1)
    3.8
    """
    return cop * (1.0 - loss * (1.0 - load))


def effectiveness(transfer_units: float, capacity_ratio: float) -> float:
    """Effectiveness of a counterflow heat exchanger (Kays & London).

    ε = (1 - e^(-NTU·(1-C)))/(1 - C·e^(-NTU·(1-C))); for C = 1, ε = NTU/(1 + NTU).

    Parameters
    ----------
    transfer_units
        NTU = UA / C_min, 0 or more.
    capacity_ratio
        C = C_min / C_max, 0 to 1.

    Raises
    ------
    RangeError
        An argument is outside of that.

    Examples
    --------
    >>> effectiveness(3.0, 1.0), round(effectiveness(3.0, 0.0), 4)
    (0.75, 0.9502)
    """
    if transfer_units < 0.0:
        raise RangeError("transfer units", transfer_units, 0.0, np.inf)
    if not 0.0 <= capacity_ratio <= 1.0:
        raise RangeError("capacity ratio", capacity_ratio, 0.0, 1.0)
    if capacity_ratio == 1.0:
        return transfer_units / (1.0 + transfer_units)
    decayed = float(np.exp(-transfer_units * (1.0 - capacity_ratio)))
    return (1.0 - decayed) / (1.0 - capacity_ratio * decayed)


def carnot_factor(temperature: float, ambient: float) -> float:
    """Share of heat that could become work, 1 - T_0/T [K]; nothing below the ambient temperature.

    Examples
    --------
    Heat handed over between 30 and 20 °C, at an annual mean of 2.5 °C outdoors:

    >>> round(carnot_factor(float(Ports(30.0, 20.0, 0.0, 0.0).source), 2.5 + KELVIN), 4)
    0.0754
    """
    return max(1.0 - ambient / temperature, 0.0)


def heat_to_power(source_in: float, source_out: float, ambient: float, fraction: float) -> float:
    """Electricity per heat of an organic Rankine cycle, f·(1 - T_0/T), before its pumps and fans.

    Parameters
    ----------
    source_in, source_out
        Temperatures of the heat [°C]; T is their logarithmic mean.
    ambient
        Temperature that the cycle rejects to [°C].
    fraction
        f, share of the Carnot efficiency that is reached. Measured plants: 1.9 % at 43 °C and 4.6 % at 81 °C, which is
        about 0.26 with a sink of 20 °C (Araya et al. 2020, doi:10.1115/1.4047843, abstract); bench tests 0.05 to 0.13
        of the second law, 0.30 within reach (Ancona et al. 2022).

    Examples
    --------
    >>> round(heat_to_power(30.0, 20.0, 5.0, 0.30), 4), round(heat_to_power(60.0, 45.0, 5.0, 0.30), 4)
    (0.0201, 0.0437)
    """
    mean = float(log_mean(source_in + KELVIN, source_out + KELVIN))
    return fraction * carnot_factor(mean, ambient + KELVIN)
