"""How a grid goes on after its newest factor: a ratio to it, by year, under each trajectory that a study may follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from factors.units import parse_unit, ratio
from inventories.files import is_file
from lca.context import KWH, Context
from lca.parameters import Number

CONSTANT, NATIONAL, EXPONENTIAL = "constant", "national", "exponential"
_KG = parse_unit("kg CO2e/kWh")


@dataclass(frozen=True, slots=True)
class Trajectory:
    """A series of grid intensities [kg CO2e/kWh] by year; only the ratio of two years is taken from it.

    Examples
    --------
    >>> Trajectory("x", {2024: 0.08, 2030: 0.05}).ratio(2027, 2024)
    0.8125
    """

    name: str
    points: Mapping[int, float]
    source: str = ""

    def at(self, year: int) -> float:
        """Intensity of a year, linear between years; before the first and after the last year it is held."""
        years = sorted(self.points)
        return float(np.interp(year, years, [self.points[each] for each in years]))

    def around(self, year: int) -> tuple[int, int]:
        """Years with a value of their own before and after a year; the year itself where it has one.

        Examples
        --------
        >>> of = Trajectory("x", {2024: 0.08, 2030: 0.05})
        >>> of.around(2027), of.around(2030), of.around(2031)
        ((2024, 2030), (2030, 2030), (2030, 2030))
        """
        before = [each for each in self.points if each <= year]
        after = [each for each in self.points if each >= year]
        return max(before, default=min(self.points)), min(after, default=max(self.points))

    def ratio(self, year: int, base: int) -> float:
        """Intensity of a year over that of the year of the newest factor."""
        return self.at(year) / self.at(base) if self.points else 1.0

    @property
    def last(self) -> int | None:
        """Last year with a value of its own; None where it is constant."""
        return max(self.points) if self.points else None


def exponential(today: float, floor: float, decline: float, years: range) -> dict[int, float]:
    """Intensity that approaches a floor.

    EF(y) = EF∞ + (EF0 - EF∞) · (1 - d)^(y - y0), with y0 the first of the years.

    Parameters
    ----------
    today, floor
        EF0 and EF∞ [kg CO2e/kWh], 0 ≤ EF∞ ≤ EF0.
    decline
        d, by how much the distance to the floor shrinks in a year, 0 to 1; with k = -ln(1 - d) it is the form
        EF∞ + (EF0 - EF∞)·exp(-k·(y - y0)).
    years
        Years from y0.

    Examples
    --------
    >>> {year: round(value, 4) for year, value in exponential(0.072, 0.012, 0.1, range(2024, 2027)).items()}
    {2024: 0.072, 2025: 0.066, 2026: 0.0606}
    """
    return {year: floor + (today - floor) * (1.0 - decline) ** (year - years[0]) for year in years}


@dataclass
class Trajectories:
    """Trajectories open to a study, and the one that it follows.

    Each has a weight over the free axis (``choice:trajectory:NAME``), 1 for the one followed, so that a restatement
    under another is a column of the same system.
    """

    context: Context
    grid: str
    """Factor id of the country's grid; blank where the library has none."""

    @cached_property
    def newest(self) -> int:
        """Year of the newest factor of the grid."""
        return max((row.year for row in self.context.library.factors.get(self.grid, ())), default=0)

    @cached_property
    def chosen(self) -> str:
        """Name of the trajectory followed: that of the country unless the study says otherwise, else constant."""
        settings = self.context.study.settings
        national = next(iter(self.context.library.trajectories.get(settings.country.upper(), ())), "")
        stated = settings.grid_trajectory
        if stated == NATIONAL and not national:
            self.context.complain("trajectory-unknown", "Study", None, "grid_trajectory", settings.country)
        if stated in (None, NATIONAL):
            return national or CONSTANT
        return stated or CONSTANT

    @cached_property
    def stated(self) -> str:
        """The choice as the study words it: ``national`` for the series of the country."""
        national = self.context.library.trajectories.get(self.context.study.settings.country.upper(), ())[:1]
        return NATIONAL if (self.chosen,) == national else self.chosen

    @cached_property
    def open(self) -> dict[str, Trajectory]:
        """Every trajectory open to the study, by name; the one followed is among them."""
        settings = self.context.study.settings
        names = [CONSTANT, *self.context.library.trajectories.get(settings.country.upper(), ())]
        if settings.trajectory_floor is not None and settings.trajectory_decline_percent is not None:
            names.append(EXPONENTIAL)
        found = {}
        for name in dict.fromkeys([*names, self.chosen]):
            if (each := self._made(name)) is not None:
                found[name] = each
        return found

    def _made(self, name: str) -> Trajectory | None:
        settings = self.context.study.settings
        if name == CONSTANT:
            return Trajectory(name, {})
        if name == EXPONENTIAL:
            floor, decline = settings.trajectory_floor, settings.trajectory_decline_percent
            if floor is None or decline is None:
                self.context.complain("trajectory-exponential", "Study", None, "grid_trajectory", name)
                return None
            return self._exponential(floor, decline / 100.0)
        if is_file(name):
            file = self.context.study.file(name)
            per = ratio(parse_unit(file.unit.replace("CO2/", "CO2e/")), _KG)
            points = dict(zip(file.years, (value * per for value in file.values), strict=True))
            return self._reaching(Trajectory(name, points, name))
        return self._series(name)

    def _exponential(self, floor: float, decline: float) -> Trajectory | None:
        today = sum(
            sum(choice.factor.components.values()) * choice.weight / ratio(choice.factor.per, KWH)
            for module, part in self.context.library.parts(self.grid)
            for choice in self.context.library.pick(self.grid, module, part, self.newest)
        )
        if floor > today:
            told = {"today": f"{today:.4g}"}
            self.context.complain("trajectory-floor", "Study", None, "trajectory_floor", f"{floor:g}", **told)
            return None
        years = range(self.newest, max(self.newest + 1, self.context.study.settings.end_year))
        return Trajectory(EXPONENTIAL, exponential(today, floor, decline, years))

    def _series(self, name: str) -> Trajectory | None:
        """Take a factor of several years: of the library, or the study's own."""
        rows = [row for row in self.context.library.factors.get(name, ()) if row.module == "B6"]
        points: dict[int, float] = {}
        parts = {row.part for row in rows}
        for row in rows:  # a year that states only some of the parts would look like a decline
            if {other.part for other in rows if other.year == row.year} == parts:
                points[row.year] = points.get(row.year, 0.0) + row.value / ratio(row.per, KWH)
        if len(points) < 2 or any(row.per.dimension != "energy" for row in rows):
            self.context.complain("trajectory-series", "Study", None, "grid_trajectory", name)
            return None
        return self._reaching(Trajectory(name, points, rows[0].source))

    def _reaching(self, made: Trajectory) -> Trajectory | None:
        """A trajectory must know the year it continues: the ratio would otherwise begin at 1 in a later one."""
        first = min(made.points)
        if self.grid and first > self.newest:
            told = {"first": str(first), "newest": str(self.newest)}
            self.context.complain("trajectory-short", "Study", None, "grid_trajectory", made.name, **told)
            return None
        if self.grid and made.at(self.newest) <= 0:
            told = {"newest": str(self.newest)}
            self.context.complain("trajectory-zero", "Study", None, "grid_trajectory", made.name, **told)
            return None
        return made

    @cached_property
    def weights(self) -> dict[str, Number]:
        """Weight of each trajectory over the free axis."""
        return {
            name: self.context.parameters(f"choice:trajectory:{name}", float(name == self.chosen)) for name in self.open
        }

    def ratio(self, factor_id: str, year: int) -> Number:
        """Intensity of a factor's grid in a year over that of its newest row; 1 until then.

        The country's grid follows the trajectories, weighed; any other factor holds.
        """
        country = self.context.study.settings.country
        multiplier = self.context.parameters(f"trajectory:{country}", 1.0)
        weights = self.weights
        newest = max(row.year for row in self.context.library.factors[factor_id])
        if year <= newest:
            return 1.0
        if factor_id != self.grid:
            return multiplier
        found: Number = 0.0
        for name, each in self.open.items():
            found = found + weights[name] * each.ratio(year, newest)
        self._mark(year, newest)
        return multiplier * found

    def _mark(self, year: int, newest: int) -> None:
        followed = self.open[self.chosen]
        if followed.last is None:
            return
        self.context.trajectories[followed.name] = followed.points
        self.context.followed = followed.name, followed.source
        country, (before, after) = self.context.study.settings.country, followed.around(year)
        told = {"trajectory": followed.name, "year": year, "newest": newest, "last": followed.last}
        code = "trajectory"
        if year > followed.last:
            code = "trajectory-held"
        elif year not in followed.points:
            code, told = "trajectory-between", {**told, "a": before, "b": after}
        value = followed.ratio(year, newest)
        self.context.mark(f"grid {country}", str(year), value, "ratio", "derived", code, followed.source, **told)
