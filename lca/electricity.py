"""Electricity on both bases: the grid by part and year, contracts in order, the residual mix, losses.

Location basis: every kilowatt-hour at the grid of its country and year. Market basis: contracts first, M = min(E, ΣC)
in their order, the rest at the residual mix (GHG Protocol Scope 2 Guidance, chapters 4 and 6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lca.context import KWH, Context
from lca.contracts import Group, Matching, Shares, Use, fraction
from lca.parameters import Number
from lca.replacement import Values
from lca.trajectory import Trajectories

WHOLE = "whole"


@dataclass
class Electricity:
    """Supply of electricity to groups of consumption, as processes of the product system."""

    context: Context
    matching: Matching

    def supply(self, use: Use) -> int:
        """Process that supplies one kWh to a consumption."""
        group = self.matching.group(use)
        key = (group.label, use.year)
        if self.context.system.has("supply", key):
            return self.context.system.process("supply", key)
        return self._make(group, use.year, use.line)

    def _make(self, group: Group, year: int, line: str) -> int:
        system = self.context.system
        one = np.ones(system.length)
        shares = (
            Shares(0.0 * one, {}, one, self.matching.grid_weight(group) * one)
            if group.others
            else self.matching.shares(year)[group]
        )
        supply = system.process("supply", (group.label, year))
        losses = system.process("losses", (group.label, year))
        profile = self.context.study.settings.grid_profile
        bought = float(np.ravel(shares.bought)[0])
        if profile is not None and not group.factor and bought:
            weight = bought / (1.0 - float(np.ravel(shares.onsite)[0]))
            label = f"{group.label}, {year}"
            self.context.mark("grid hours", label, weight, "ratio", "derived", "grid-hours", file=profile)
        for consumer in (supply, losses):
            for _, product in self._grid_inputs(group, year, line):
                system.take_by_basis(consumer, product, shares.bought, 0.0, "bought")
            for i, share in shares.contracts.items():
                for product in self._mix_inputs(self.context.contract(i, year).factor, i, group, year, line):
                    system.take_by_basis(consumer, product, 0.0, share, f"contract:{i}")
            for product in self._residual_inputs(group, year, line, shares.residual):
                system.take_by_basis(consumer, product, 0.0, shares.residual, "residual")
        for leaf, own, row in self._onsite_inputs(year, shares):
            system.take(supply, leaf, own, f"onsite:{row}")
        system.take(supply, losses, self.context.parameters("param:grid_loss", self.loss_share))
        return supply

    def _onsite_inputs(self, year: int, shares: Shares) -> Iterable[tuple[int, Number, str]]:
        """Factors of own generation, where a row states one; its equipment is in Plant."""
        none = np.zeros(self.context.system.length)
        kept = [
            (row, none + kwh)
            for row, kwh in self.matching.onsite.get(year, [])
            if (row.certificates or "kept") == "kept"
        ]
        total = sum((kwh for _, kwh in kept), none)
        for row, kwh in kept:
            if row.factor:
                for part in self.parts(row.factor):
                    for leaf, weight in self.context.leaves(row.factor, "B6", part, year, row.id, KWH):
                        yield leaf, shares.onsite * fraction(kwh, total) * weight, row.id

    def parts(self, factor_id: str) -> list[str]:
        """Parts of a factor's B6 rows; a blank part is the whole."""
        return [part for module, part in self.context.library.parts(factor_id) if module == "B6"]

    @cached_property
    def country_grid(self) -> str:
        """Factor id of the grid of the study's country; blank when the library has none."""
        return self._of_country("grid")

    @cached_property
    def country_residual(self) -> str:
        """Factor id of the residual mix; blank when there is none."""
        chosen = self.context.study.settings.residual_mix
        if chosen and chosen not in ("constant", "follow-grid"):
            return chosen
        return self._of_country("residual-mix")

    def _of_country(self, family: str) -> str:
        country = self.context.study.settings.country.upper()
        for factor_id, found in self.context.library.factors.items():
            if found[0].family == family and found[0].geography == country and not found[0].doubtful:
                return factor_id
        return ""

    @cached_property
    def loss_share(self) -> float:
        """Grid losses per kWh delivered, by where the site is connected."""
        settings = self.context.study.settings
        levels = {"transmission": ["transmission"], "distribution": ["transmission", "distribution"]}
        total = 0.0
        for level in levels.get(settings.grid_connection or "", []):
            for row in self.context.library.properties.get(settings.country.upper(), ()):
                if row.property == f"grid_loss_{level}":
                    total += row.value
                    self.context.properties[row.subject, row.property] = row.source
                    said = {"level": level, "country": settings.country}
                    self.context.mark(
                        "electricity", row.property, row.value, "ratio", "default", "grid-loss", row.source, **said
                    )
        if settings.grid_connection and not total:
            self.context.complain("losses-unknown", "Study", None, "grid_connection", settings.country)
        return total

    def _grid_inputs(self, group: Group, year: int, line: str) -> list[tuple[str, int]]:
        """Return the location basis of a group: its parts, each once."""
        factor_id = group.factor or self.country_grid
        if not factor_id:
            return []
        return [(part, self.grid(factor_id, part, year, line)) for part in self.parts(factor_id)]

    def grid(self, factor_id: str, part: str, year: int, line: str) -> int:
        """Process of one part of a grid in a year: the newest row, moved along the trajectory of the study."""
        system, country = self.context.system, self.context.study.settings.country.upper()
        zone = country if factor_id == self.country_grid else factor_id
        key = (zone, year, part or WHOLE)
        if system.has("grid", key):
            return system.process("grid", key)
        newest = max(row.year for row in self.context.library.factors[factor_id])
        made = system.process("grid", key, part=part or WHOLE, status="derived" if year > newest else "given")
        ahead = self.trajectories.ratio(factor_id, year)
        for leaf, weight in self.context.leaves(factor_id, "B6", part, year, line, KWH):
            system.take(made, leaf, ahead * weight * np.ones(system.length))
        return made

    @cached_property
    def trajectories(self) -> Trajectories:
        """How the grid of the country goes on."""
        return Trajectories(self.context, self.country_grid)

    def _residual_inputs(self, group: Group, year: int, line: str, residual_share: Values) -> list[int]:
        residual = self.country_residual
        if not residual:
            if np.any(residual_share > 1e-12):
                country = self.context.study.settings.country
                self.context.complain("residual-missing", "Study", None, "country", country)
            return [product for _, product in self._grid_inputs(group, year, line)]
        return self._mix_inputs(residual, None, group, year, line)

    def _mix_inputs(self, factor_id: str, contract: int | None, group: Group, year: int, line: str) -> list[int]:
        """Parts of a contract or of the residual mix; a part that only the location knows is taken from it, marked."""
        stated = self.parts(factor_id)
        kind = "residual mix" if contract is None else "mix"
        name = factor_id if contract is None else self.context.study.contracts[contract].id
        made = [self._mix(kind, name, factor_id, part, year, line) for part in stated]
        if "" in stated or not stated:
            return made
        location = self._grid_inputs(group, year, line)
        for part in ("direct", "upstream"):
            if part in stated:
                continue
            from_grid = [product for other, product in location if other == part]
            if not from_grid and group.factor and self.country_grid and part in self.parts(self.country_grid):
                from_grid = [self.grid(self.country_grid, part, year, line)]
            if from_grid:
                key = (name, year, part, group.factor)
                known = self.context.system.has(kind, key)
                mix = self.context.system.process(kind, key, part=part, status="replaced")
                if not known:
                    self.context.system.take(mix, from_grid[0], 1.0)
                self.context.mark(name, part, 1.0, "kWh", "replaced", "part-from-location", part=part)
                made.append(mix)
            else:
                self.context.complain("bases-differ", "Contracts", contract, "factor", factor_id, part=part)
        return made

    def _mix(self, kind: str, name: str, factor_id: str, part: str, year: int, line: str) -> int:
        system = self.context.system
        key = (name, year, part or WHOLE)
        if system.has(kind, key):
            return system.process(kind, key)
        newest = max(row.year for row in self.context.library.factors[factor_id])
        held = kind == "residual mix" and year > newest
        made = system.process(kind, key, part=part or WHOLE, status="derived" if held else "given")
        ahead: Number = 1.0
        if (
            kind == "residual mix"
            and self.context.study.settings.residual_mix == "follow-grid"
            and part in ("direct", "")
        ):
            ahead = self._follow(factor_id, year)
        for leaf, weight in self.context.leaves(factor_id, "B6", part, year, line, KWH):
            system.take(made, leaf, ahead * weight)
        return made

    def _follow(self, factor_id: str, year: int) -> Number:
        """Residual mix that moves with the grid: grid direct (year) / grid direct (year of the residual mix).

        A grid that its source does not divide moves as a whole.
        """
        base = max(row.year for row in self.context.library.factors[factor_id])

        parts = self.parts(self.country_grid) if self.country_grid else []
        part = "direct" if "direct" in parts else ""

        def direct(at: int) -> Number:
            picked = self.context.library.pick(self.country_grid, "B6", part, at) if parts else []
            return self.trajectories.ratio(self.country_grid, at) * sum(
                sum(c.factor.components.values()) * c.weight for c in picked
            )

        before = direct(base)
        return direct(year) / before if year > base and np.all(before) else 1.0
