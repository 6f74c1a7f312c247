"""A simulated hall: electricity, water and heat of every hour from IT load, power path, cooling and outdoor air.

For a design that is being judged, or a hall without meters. Pure functions on arrays whose last axis is the hours;
loads may have axes of years or of alternatives before it. Temperatures are °C, powers kW, an hour's power is its kWh.

Heat of the IT and of the UPS is taken by one or two loops; each is cooled freely where the outdoor air is cold enough,
by a chiller where it is not, and by both between (ASHRAE economiser practice). What comes out sums to the textbook
decomposition PUE = 1 + φ_cooling + φ_UPS + φ_distribution + φ_lighting, φ being energy over IT energy.
"""

from dataclasses import dataclass

import numpy as np

from lca.replacement import Values

KELVIN = 273.15

EVAPORATION = 0.68
"""Heat that a kilogram of evaporated water takes [kWh/kg]: 2,450 kJ/kg, latent heat of water at 20 °C (IAPWS)."""

REDUNDANCY = {"N": (1, 0), "N+1": (1, 1), "2N": (2, 0)}
"""How many times the modules that carry the load are there, and how many more."""


@dataclass(frozen=True, slots=True)
class Loop:
    """One way heat leaves the IT: its share of the heat, its temperatures, and how much its fans and pumps take.

    Attributes
    ----------
    share
        Share of the heat it takes, 0 to 1.
    supply, back
        Temperature of air or water that comes to the IT, and that goes back from it [°C].
    approach
        How much colder the outdoor air must be than the loop for free cooling [K].
    movers
        Electricity of fans and pumps per heat moved.
    """

    share: float
    supply: float
    back: float
    approach: float
    movers: float


@dataclass(frozen=True, slots=True)
class Chiller:
    """A compression chiller: share of the Carnot efficiency, and its temperature differences [K]."""

    efficiency: float
    evaporator: float
    condenser: float


@dataclass(frozen=True, slots=True)
class Ups:
    """Uninterruptible power: rated power of what carries the load [kW], its modules, losses, redundancy.

    ``losses`` are the coefficients a0, a1, a2 of the loss of a module over its rated power.
    """

    rated: float
    modules: int
    losses: tuple[float, float, float]
    redundancy: str = "N"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Hall:
    """What is simulated."""

    loops: tuple[Loop, ...]
    chiller: Chiller
    ups: Ups | None = None
    distribution: float = 1.0
    lighting_kw: float = 0.0
    evaporative: str = "none"
    cycles: float = 0.0
    captured: float = 0.0
    exchanger: float = 0.0


@dataclass(frozen=True, slots=True)
class Hours:
    """Hourly results: kW (kWh of the hour), kilograms of water, and the heat offered with its temperature [°C]."""

    it: Values
    ups: Values
    distribution: Values
    movers: Values
    chiller: Values
    lighting: Values
    water: Values
    heat: Values
    heat_temperature: float
    free: Values
    """Share of the heat that leaves without a chiller."""

    @property
    def cooling(self) -> Values:
        """Fans, pumps and chillers."""
        return self.movers + self.chiller

    @property
    def losses(self) -> Values:
        """UPS and distribution."""
        return self.ups + self.distribution

    @property
    def total(self) -> Values:
        """All electricity of the hall."""
        found: Values = self.it + self.ups
        for each in (self.distribution, self.movers, self.chiller, self.lighting):
            found += each
        return found


def server_power(utilisation: Values | float, idle: float, exponent: float | None = None) -> Values | float:
    """Power of a server over its power at full load.

    P/P_max = i + (1 - i)·u, or with an exponent i + (1 - i)·(2u - u^r) (Fan, Weber & Barroso, ISCA 2007).

    Parameters
    ----------
    utilisation
        u, 0 to 1.
    idle
        i, power without load over that at full load, 0 to 1.
    exponent
        r, 1 to 2; None: linear.

    Examples
    --------
    >>> server_power(0.5, 50 / 300), server_power(1.0, 0.2, 1.4)
    (0.5833333333333334, 1.0)
    """
    raised = utilisation if exponent is None else 2.0 * utilisation - utilisation**exponent
    return idle + (1.0 - idle) * raised


def loss_coefficients(quarter: float, half: float, full: float) -> tuple[float, float, float]:
    """Fit the losses of a UPS module to its efficiencies at 25, 50 and 100 % load.

    P_loss/P_rated = a0 + a1·x + a2·x², equal to x·(1/η - 1) at the three loads (the quadratic form of APC White Paper
    113).

    Examples
    --------
    >>> a0, a1, a2 = loss_coefficients(0.93, 0.95, 0.955)
    >>> round(1.0 / (1.0 + a0 + a1 + a2), 6), round(0.5 / (0.5 + a0 + a1 * 0.5 + a2 * 0.25), 6)
    (0.955, 0.95)
    """
    loads = np.array([0.25, 0.5, 1.0])
    lost = loads * (1.0 / np.array([quarter, half, full]) - 1.0)
    a0, a1, a2 = np.linalg.solve(np.vander(loads, 3, increasing=True), lost)
    return float(a0), float(a1), float(a2)


def modules_running(modules: int, redundancy: str) -> int:
    """How many modules share the load: n, n + 1 or 2·n.

    Examples
    --------
    >>> [modules_running(4, name) for name in REDUNDANCY]
    [4, 5, 8]
    """
    times, more = REDUNDANCY[redundancy]
    return times * modules + more


def ups_loss(load: Values, ups: Ups) -> Values:
    """Loss of a UPS that carries a load [kW]; its modules share the load evenly, those of redundancy too.

    n·P_module·(a0 + a1·x + a2·x²) with x = load / (n·P_module), so that 2N runs each module at half the load; only the
    share of the load that is behind the UPS counts.

    Raises
    ------
    ValueError
        The load is above what the modules that carry it are rated for.
    """
    most = float(np.max(load, initial=0.0)) * ups.share
    if most > ups.rated * (1 + 1e-9):
        raise ValueError(f"{most:.0f}")
    installed = modules_running(ups.modules, ups.redundancy) * ups.rated / ups.modules
    a0, a1, a2 = ups.losses
    lost: Values = load * (a2 * ups.share**2 / installed)  # one array, worked on in place: hours are many
    lost += a1 * ups.share
    lost *= load
    lost += a0 * installed
    return lost


def free_share(outdoor: Values, loop: Loop) -> Values:
    """Share of a loop's heat that leaves without a chiller.

    x = clip((T_mech - T_out)/(T_mech - T_free), 0, 1) with T_free = T_supply - ΔT and T_mech = T_return - ΔT.

    Examples
    --------
    >>> free_share(np.array([10.0, 17.0, 30.0]), Loop(1.0, 20.0, 26.0, 6.0, 0.0)).tolist()
    [1.0, 0.5, 0.0]
    """
    free, mechanical = loop.supply - loop.approach, loop.back - loop.approach
    return np.clip((mechanical - outdoor) / (mechanical - free), 0.0, 1.0)


def eer(outdoor: Values, loop: Loop, chiller: Chiller) -> Values:
    """Energy efficiency ratio of a chiller: η·T_e/(T_c - T_e), T_e = T_supply - ΔT_e, T_c = T_out + ΔT_c [K].

    Where the outdoor air cools freely the chiller stands still, and the ratio is that at the end of free cooling.

    Examples
    --------
    >>> eer(np.array([20.0]), Loop(1.0, 18.0, 24.0, 6.0, 0.0), Chiller(0.5, 3.0, 12.0)).round(3).tolist()
    [8.475]
    """
    evaporating = loop.supply - chiller.evaporator + KELVIN
    condensing = np.maximum(outdoor, loop.supply - loop.approach) + chiller.condenser + KELVIN
    return chiller.efficiency * evaporating / (condensing - evaporating)


def wet_bulb(temperature: Values, humidity: Values) -> Values:
    """Wet-bulb temperature from air temperature [°C] and relative humidity [%] (Stull 2011, eq. 1).

    Within 0.3 K on the average and 1 K at most for 5 to 99 % and -20 to 50 °C at sea level
    (doi:10.1175/JAMC-D-11-0143.1); never above the air temperature.

    Examples
    --------
    >>> float(wet_bulb(np.array([20.0]), np.array([50.0]))[0].round(1))
    13.7
    """
    found = (
        temperature * np.arctan(0.151977 * np.sqrt(humidity + 8.313659))
        + np.arctan(temperature + humidity)
        - np.arctan(humidity - 1.676331)
        + 0.00391838 * humidity**1.5 * np.arctan(0.023101 * humidity)
        - 4.686035
    )
    return np.minimum(found, temperature)


def water(heat: Values, cycles: float) -> Values:
    """Water for evaporation and blow-down [kg]: Q / 0.68 kWh/kg · (1 + 1/(cycles - 1)).

    Examples
    --------
    >>> float(water(np.array([680.0]), 5.0)[0].round(6))
    1250.0
    """
    return heat / EVAPORATION * (1.0 + 1.0 / (cycles - 1.0))


def simulate(hall: Hall, it: Values, outdoor: Values, humidity: Values | None = None) -> Hours:
    """Simulate a hall over the hours.

    Parameters
    ----------
    hall
        Power path, cooling, recovery.
    it
        IT power [kW], (…, hours).
    outdoor, humidity
        Outdoor temperature [°C] and relative humidity [%], (hours); humidity for evaporative cooling only.

    Returns
    -------
    Hours
        Every array of the shape of ``it``.

    Raises
    ------
    ValueError
        The UPS is too small for the load.
    """
    ups = np.broadcast_to(np.zeros(1), it.shape) if hall.ups is None else ups_loss(it, hall.ups)
    heat = it + ups
    distribution = heat * (1.0 / hall.distribution - 1.0)
    heat += hall.lighting_kw
    air = outdoor if hall.evaporative == "none" or humidity is None else wet_bulb(outdoor, humidity)
    movers_per_heat = 0.0
    chiller_per_heat, water_per_heat, freely = (np.zeros_like(outdoor) for _ in range(3))
    for loop in hall.loops:
        condensed = air if hall.evaporative == "tower" else outdoor
        free, per = free_share(air, loop), 1.0 / eer(condensed, loop, hall.chiller)
        chiller_per_heat = chiller_per_heat + loop.share * (1.0 - free) * per
        movers_per_heat += loop.share * loop.movers
        freely = freely + loop.share * free
        if hall.evaporative == "tower":
            water_per_heat = water_per_heat + loop.share * (free + (1.0 - free) * (1.0 + per))
        elif hall.evaporative == "adiabatic":
            water_per_heat = water_per_heat + loop.share * (free - free_share(outdoor, loop))
    evaporated = water(water_per_heat, hall.cycles) if hall.evaporative != "none" else water_per_heat
    return Hours(
        it=it,
        ups=ups,
        distribution=distribution,
        movers=heat * movers_per_heat,
        chiller=heat * chiller_per_heat,
        lighting=np.broadcast_to(np.array([hall.lighting_kw]), it.shape),
        water=heat * evaporated if hall.evaporative != "none" else np.broadcast_to(np.zeros(1), it.shape),
        heat=it * hall.captured,
        heat_temperature=hall.loops[0].back - hall.exchanger,
        free=np.broadcast_to(freely, it.shape),
    )


def fuel_of_tests(units: int, hours: float, power: float, load: float, consumption: float) -> float:
    """Fuel of generator tests in a year [kg]: n · h · P · load · specific consumption [kg/kWh].

    Examples
    --------
    >>> round(fuel_of_tests(3, 12.0, 2000.0, 0.5, 0.23))
    8280
    """
    return units * hours * power * load * consumption
