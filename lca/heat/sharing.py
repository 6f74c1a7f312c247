"""How the emissions of a data centre can be shared with the heat it gives away: every method beside the others.

Pure functions. G is the gross footprint; a method gives the heat the share s of it, the data centre keeps (1 - s)·G, so
that the two sum to the gross. What heat displaces elsewhere is in none of them: it stands outside.

======  ==============================================================================================================
H0      Cut-off: the data centre carries everything. The footprint of every report is this.
H1      Avoided burden (system expansion; ISO 14044, 4.3.4.2): G stays, the credit stands outside (module D2).
H2      Energy: s = Q/(E_IT + Q). All electricity of a data centre becomes heat, so this has no physical basis here; it
        is a sensitivity.
H3      Exergy: s = Q·η_c/(E_IT + Q·η_c) with η_c = 1 - T_0/T, T the mean temperature at which the heat is handed over.
H4      Benefit sharing: s = A_Q/(A_Q + A_IT), what each would emit if it were supplied alone.
H5      Economic: s = p·Q/(p·Q + R), R the revenue of the IT.
H6      Half the credit each: as H1, the credit split by contract, outside both inventories.
======  ==============================================================================================================
"""

METHODS = ("H0", "H1", "H2", "H3", "H4", "H5", "H6")
"""Every method, in the order they are printed."""

ALLOCATIONS = ("H2", "H3", "H4", "H5")
"""Methods that give the heat a share of the gross."""

HALF = 0.5
"""Share of the credit that each party states by H6."""


def share(one: float, other: float) -> float:
    """Share of one of two products, a/(a + b); of nothing at all it is nothing.

    What a and b measure makes the method: energy, exergy, revenue, or the emissions of separate supply. For combined
    heat and power the same share of E/η_E and Q/η_Q splits the fuel by benefit sharing.

    Examples
    --------
    Energy, exergy, separate supply and revenue of 40,000 MWh of heat from a data centre of 70,000 MWh of IT:

    >>> [round(share(*both), 4) for both in ((40e3, 70e3), (40e3 * 0.0754, 70e3), (3200, 7500), (0.8, 18))]
    [0.3636, 0.0413, 0.2991, 0.0426]

    100 of power and 200 of heat from 330 of fuel, against 39 % and 90 % in separate supply:

    >>> round(330 * share(100 / 0.39, 200 / 0.90), 1)
    176.8
    """
    whole = one + other
    return one / whole if whole else 0.0


def separate_supply(it: float, reference_pue: float, rest: float) -> float:
    """Emissions of the IT if its heat were given to nobody [kg CO2e]: G_IT·PUE_ref + G_rest.

    Parameters
    ----------
    it
        Emissions of the IT's electricity.
    reference_pue
        PUE of a data centre without heat recovery.
    rest
        Emissions of everything that is no energy in operation.

    Examples
    --------
    >>> separate_supply(2_800.0, 1.25, 4_000.0)
    7500.0
    """
    return it * reference_pue + rest


def break_even(electricity: float, heat: float) -> float:
    """Factor of the displaced heat at which recovery neither adds nor avoids emissions [kg CO2e/kWh].

    W·EF_el / Q: what the pump's electricity emits, over the heat that displaces; EF_el/COP without losses.

    Examples
    --------
    >>> break_even(13_333_333.0 * 0.040, 53_333_333.0)
    0.0099999998125
    """
    return electricity / heat
