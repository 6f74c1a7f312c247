"""Service units: what a node-hour, a GPU-hour or a server-year carries."""


def node_hour(rest: float, it_kwh: float, power_kw: float, embodied: float, life_hours: float) -> float:
    """Footprint of one hour of one node [kg CO2e].

    g = G_rest · P · 1 h / E_IT + G_emb / L: the node's share of everything that is not IT hardware by its energy, and
    its own making over its life. G_rest leaves IT hardware out, or the node's own would count twice.

    Parameters
    ----------
    rest
        G_rest, footprint of a year without IT hardware [kg CO2e].
    it_kwh
        E_IT, IT energy of the same year [kWh], > 0.
    power_kw
        P, mean power of the node [kW].
    embodied, life_hours
        G_emb [kg CO2e] and L [h] of the node.

    Examples
    --------
    A node of 0.41 kW and 1,100 kg over six years, in a hall that emits 17 g per kWh of IT:

    >>> round(node_hour(17.0, 1000.0, 0.41, 1100.0, 6 * 8760), 6)
    0.027898
    """
    return rest * power_kw / it_kwh + embodied / life_hours
