"""``jalki plan``: what to do, in which order, for how much; whether a target is reached; what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.output import FAILED, INVALID, USAGE, Console
from cli.study import MALFORMED, Readable, loaded, malformed, opened, read, refuse, solved, warned

if TYPE_CHECKING:
    from inventories.study import Study


@dataclass(frozen=True)
class Wishes:
    """What was said of the plan beside the workbook."""

    budgets: Sequence[str]
    target: str | None
    by_year: int | None
    basis: str | None

    @property
    def are_none(self) -> bool:
        """Whether the workbook alone decides."""
        return not self.budgets and self.target is None and self.by_year is None and self.basis is None


def run(  # noqa: PLR0913 - what was asked for
    file: Path, wishes: Wishes, promised: Path | None, export: Path | None, console: Console, *, json: bool
) -> None:
    """Tell the plan; write a copy of the workbook with it where one is asked for."""
    is_document = file.suffix.lower() == ".json"
    if is_document and not (wishes.are_none and export is None):
        console.stop(USAGE, "{file} holds results; give the workbook to plan otherwise or to write a copy", file=file)
    if export is not None:
        console.new_workbook(export)
    if promised is not None:
        if not wishes.are_none or export is not None:
            console.stop(USAGE, "--promised compares what was planned; it takes no other wish and writes no copy")
        _follow_up(file, promised, console, json=json)
        return
    if is_document:
        document = loaded(file, console, json=json)
        try:
            _show(document, console, json=json)
        except MALFORMED as error:
            malformed(file, error, console, json=json)
        return
    found = read(file, console, json=json)
    study = _wished(found, wishes, file, console, json=json)
    document = solved(study, found, file, console, json=json)
    if export is not None:
        _export(file, export, found, document, console)
    _show(document, console, json=json)


def _wished(found: Readable, wishes: Wishes, file: Path, console: Console, *, json: bool) -> "Study":
    from inventories.planning import WishError, budgets, target, wished

    try:
        said: dict[str, Any] = {**budgets(wishes.budgets, console.language)}
        if wishes.target is not None:
            said |= target(wishes.target, console.language)
    except WishError as error:
        console.stop(
            USAGE,
            '{option} "{typed}" cannot be used; type for example "5 M€", "500000 EUR/a", "50 %", "9000 t" or "1.5 °C"',
            option=error.option, typed=error.typed,
        )  # fmt: skip
    said |= {"target_year": wishes.by_year, "plan_basis": wishes.basis}
    study, wrong = wished(found.study, said)
    if wrong:
        refuse(file, [found.places.locate(each) for each in wrong], console, json=json)
    return study


def _show(document: dict[str, Any], console: Console, *, json: bool) -> None:
    from templates.plan import lines

    if json:
        console.show_json({"schema_version": document["schema_version"], "plan": document["measures"]["plan"]})
        return
    warned(document, console)
    for each in lines(document, console.texts):
        console.show(each)


def _follow_up(file: Path, promised: Path, console: Console, *, json: bool) -> None:
    """Compare a later study with what the plan of an earlier results document promised."""
    from lca.measures.amounts import followed_up
    from templates.plan import followed_lines

    before, after = opened(promised, console, json=json), opened(file, console, json=json)
    try:
        if before["measures"]["plan"] is None:
            console.stop(INVALID, "{file} holds no plan", file=promised)
        rows = followed_up(before, after)
        lines = list(followed_lines(rows, console.texts))
    except MALFORMED as error:
        malformed(promised, error, console, json=json)
    brought = [row["id"] for row in after["study"].get("Measures", []) if row["kind"] in ("add", "contract", "heat")]
    if brought:
        console.tell(
            "Rows that {ids} bring are not in {file}: take what was carried out off the sheet Measures.",
            ids=", ".join(dict.fromkeys(brought)), file=file.name,
        )  # fmt: skip
    facility, another = (of["study"]["Study"]["facility"] for of in (before, after))
    if facility != another:
        console.stop(
            INVALID, "{one} is a study of {facility}, {other} of {another}.",
            one=promised.name, facility=facility, other=file.name, another=another,
        )  # fmt: skip
    if json:
        console.show_json({"schema_version": before["schema_version"], "followed_up": rows})
        return
    for each in lines:
        console.show(each)


def _export(file: Path, export: Path, found: Readable, document: dict[str, Any], console: Console) -> None:
    from templates.annotate import CopyError
    from templates.measure_copy import decided

    plan = document["measures"]["plan"]
    if plan is None:
        console.stop(INVALID, "{file} holds no plan", file=file)
    try:
        content = decided(file, found.study, found.places, plan)
    except CopyError as error:
        console.stop(FAILED, "{path} cannot be written: {reason}", path=export, reason=error)
    console.write_files({export: content})
