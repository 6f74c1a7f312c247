"""A district-heating network: how much it needs in every hour, how warm, and what the pipe to it costs in heat.

Pure functions; temperatures are °C, hours run from 1 January, 00:00 UTC.
"""

from dataclasses import dataclass

import numpy as np

from inventories.datafile import HOURS
from lca.parameters import Number
from lca.replacement import Values

INDOORS = 17.0
"""Temperature that heating degree days S17 count up to [°C] (Finnish Meteorological Institute, lämmitystarveluvut)."""

SPRING, AUTUMN = 10.0, 12.0
"""Daily means above which a day of the first and of the second half of the year needs no heating [°C] (same)."""

MIDYEAR = 181
"""First day of the second half of a common year, from 0."""

WATER_HEAT, WATER_DENSITY = 4.19, 977.8
"""Specific heat [kJ/(kg·K)] and density [kg/m³] of water at 70 °C and 1 bar (IAPWS-95)."""


@dataclass(frozen=True, slots=True)
class Supply:
    """Supply temperature by outdoor temperature: linear between two points, level beyond them [°C]."""

    cold_outdoor: float
    cold: float
    mild_outdoor: float
    mild: float

    def at(self, outdoor: Values) -> Values:
        """Supply temperature.

        Examples
        --------
        >>> Supply(-26.0, 115.0, 8.0, 68.0).at(np.array([-30.0, -9.0, 20.0])).tolist()
        [115.0, 91.5, 68.0]
        """
        return np.interp(outdoor, [self.cold_outdoor, self.mild_outdoor], [self.cold, self.mild])


def degree_days(outdoor: Values) -> Values:
    """Heating degree days S17 of every day [K·d]: 17 °C less the daily mean; none on days that need no heating.

    A day counts when its mean is at most 10 °C in the first half of the year, 12 °C in the second (Finnish
    Meteorological Institute, ilmatieteenlaitos.fi/lammitystarveluvut).

    Parameters
    ----------
    outdoor
        Outdoor temperature of every hour of a common year.

    Examples
    --------
    >>> degree_days(np.full(8760, 11.0))[[0, 364]].tolist()
    [0.0, 6.0]
    """
    daily = outdoor.reshape(-1, 24).mean(axis=1)
    limit = np.where(np.arange(len(daily)) < MIDYEAR, SPRING, AUTUMN)
    found: Values = np.where(daily > limit, 0.0, INDOORS - daily)
    return found


def demand(outdoor: Values, annual: float, base_share: float) -> Values:
    """Heat that a network needs in every hour [kWh], from the weather of a year.

    D_h = E·(s/8760 + (1 - s)·S_d/(24·ΣS)), S_d the heating degree days of the day: a base for hot water, circulation
    and losses, and the rest with the cold. It is even within a day.

    Parameters
    ----------
    outdoor
        Outdoor temperature of every hour of a common year.
    annual
        E, heat of the year [kWh].
    base_share
        s, 0 to 1.

    Examples
    --------
    Half a year of 182 days at -3 °C takes the heat above the base: 0.25 + 0.75·365/182 kWh an hour.

    >>> year = demand(np.concatenate([np.full(4368, -3.0), np.full(4392, 20.0)]), 8760.0, 0.25)
    >>> [round(float(each), 3) for each in (year[0], year[-1], year.sum())]
    [1.754, 0.25, 8760.0]
    """
    days = degree_days(outdoor)
    total = float(days.sum())
    cold = np.repeat(days / total if total else np.full_like(days, 1.0 / len(days)), 24) / 24.0
    found: Values = annual * (base_share / HOURS + (1.0 - base_share) * cold)
    return found


def pipe_loss(u_value: float, supply: Number, back: Number, ground: float) -> Number:
    """Heat that a pair of buried pipes loses [W/m]: U·((T_s - T_g) + (T_r - T_g)).

    Examples
    --------
    >>> round(pipe_loss(0.30, 85.0, 50.0, 4.0), 1)
    38.1
    """
    return u_value * ((supply - ground) + (back - ground))


def pumping(heat: Number, drop: Number, length: float, gradient: float, efficiency: float) -> Number:
    """Electricity that pumps heat through a pair of pipes [kW]: P = V·R·2L/η with V = Q/(ρ·c_p·ΔT).

    Parameters
    ----------
    heat
        Q [kW].
    drop
        ΔT of supply and return [K].
    length
        L of the route [m].
    gradient
        R, pressure loss of the pipe [Pa/m].
    efficiency
        η of pump and motor, above 0.

    Examples
    --------
    >>> round(pumping(20_000.0, 35.0, 5_000.0, 125.0, 0.7), 1)
    249.1
    """
    flow = heat / (WATER_DENSITY * WATER_HEAT * drop)  # m³/s
    return flow * gradient * 2.0 * length / efficiency / 1000.0
