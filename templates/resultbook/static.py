"""The pages that only tell: values nobody typed, sources, coverage, problems, choices."""

from typing import Any

from inventories.format import choices
from templates import words
from templates.keyfigures import STATES, label, meters, reason
from templates.names import how_text, module_name, quantity_name, subject_name, unit_name
from templates.resultbook.pages import Head, Page
from templates.terminal import sheet_of
from templates.texts import N_, Texts

_LONG = 60


def told_pages(document: Any, texts: Texts) -> list[Page]:  # noqa: ANN401 - JSON
    """Pages that hold something, in the order of the tabs."""
    makers = (_figures, _electricity, _coverage, _problems, _choices, _values, _properties, _sources)
    return [page for make in makers if (page := make(document, texts)).length]


def _coverage(document: Any, say: Texts) -> Page:  # noqa: ANN401
    page = Page(
        say(N_("Coverage")),
        [
            Head("module", say(N_("Module")), 44),
            Head("section", say(N_("Section")), 20),
            Head("state", say(N_("State")), 18),
            Head("reason", say(N_("Reason")), 18),
            Head("what", say(N_("What")), _LONG, "long"),
        ],
        note=N_("What was asked for, and whether the result holds it."),
    )
    for cell in document["coverage"]["cells"]:
        what = str(cell.get("what") or "")
        page.add(
            module=module_name(cell["module"], say),
            section=say(words.SECTION[cell["section"]]) if cell["section"] in words.SECTION else cell["section"],
            state=say(words.STATE[cell["state"]]),
            reason=say(words.REASON[cell["reason"]]) if cell.get("reason") in words.REASON else "",
            what=say(words.INCLUDED_AS[what]) if what in words.INCLUDED_AS else what,
        )
    return page


def _problems(document: Any, say: Texts) -> Page:  # noqa: ANN401
    page = Page(
        say(N_("Problems")),
        [
            Head("severity", say(N_("Severity")), 12),
            Head("sheet", say(N_("Sheet")), 18),
            Head("cell", say(N_("Cell")), 10),
            Head("message", say(N_("What")), 80, "long"),
            Head("cure", say(N_("Cure")), 80, "long"),
            Head("code", say(N_("Code")), 22),
        ],
        note=N_("Gaps and warnings of the assessment."),
    )
    for problem in document["problems"]:
        page.add(
            severity=say(words.SEVERITY[problem["severity"]]),
            sheet=sheet_of(problem, say),
            cell=problem["cell"],
            message=say.problem(problem, "message"),
            cure=say.problem(problem, "cure"),
            code=problem["code"],
        )
    return page


def _choices(document: Any, say: Texts) -> Page:  # noqa: ANN401
    page = Page(
        say(N_("Choices")),
        [
            Head("choice", say(N_("Choice")), 30),
            Head("value", say(N_("Value")), 50, "long"),
            Head("by", say(N_("By")), 12),
            Head("location", say(N_("Location-based, kg CO2e")), 20, "kilograms"),
            Head("market", say(N_("Market-based, kg CO2e")), 20, "kilograms"),
        ],
        note=N_("Choices of method; the totals under other choices are as assessed, not live."),
    )
    for choice in document["choices"]:
        is_rule = choice["choice"] == "replacement_rule"
        page.add(
            choice=say(words.CHOICE[choice["choice"]]),
            value=say(words.RULE[choice["value"]]) if is_rule else _chosen(choice, say),
            by=say(N_("chosen")) if choice["status"] == "given" else say(N_("default")),
        )
        for total in choice.get("totals", ()):
            name = say(words.RULE[total["rule"]]) if is_rule else _trajectory(choice, total, say)
            page.add(value=name, location=total["location"], market=total["market"])
    return page


def _trajectory(choice: Any, total: Any, say: Texts) -> str:  # noqa: ANN401
    """Name of a trajectory: of its series, else of the closed list."""
    return str(total["names"].get(say.language) or _chosen({**choice, "value": total["rule"]}, say))


def _figures(document: Any, say: Texts) -> Page:  # noqa: ANN401
    page = Page(
        say(N_("Key figures")),
        [
            Head("year", say(N_("Year")), 8, "year"),
            Head("figure", say(N_("Key figure")), 60, "long"),
            Head("value", say(N_("Value")), 14, "exact"),
            Head("location", say(N_("Location-based")), 14, "exact"),
            Head("market", say(N_("Market-based")), 14, "exact"),
            Head("unit", say(N_("Unit")), 14),
            Head("state", say(N_("State")), 16),
            Head("rests", say(N_("Rests on")), _LONG, "long"),
            Head("standard", say(N_("Standard")), 34),
        ],
        note=N_("Key figures of every year with the rows they rest on; they are as assessed, not live."),
    )
    for row in document["kpi"]:
        numbers = {key: row[key] for key in ("value", "location", "market") if row[key] is not None}
        state = STATES[row["state"]]
        page.add(
            year=row["year"], figure=label(row, say), unit=row["unit"], state=say(state),
            rests=reason(row, say) if row["lacks"] else meters(row, say), standard=row["standard"], **numbers,
        )  # fmt: skip
    return page


def _electricity(document: Any, say: Texts) -> Page:  # noqa: ANN401
    names = list(dict.fromkeys(each["id"] for row in document["electricity"] for each in row["contracts"]))
    page = Page(
        say(N_("Electricity by year")),
        [
            Head("year", say(N_("Year")), 8, "year"),
            Head("kwh", say(N_("Used, kWh")), 18, "kilograms"),
            Head("onsite", say(N_("Made on site, kWh")), 18, "kilograms"),
            *(Head(f"contract {name}", f"{name}, kWh", 18, "kilograms") for name in names),
            Head("residual", say(N_("Residual mix, kWh")), 18, "kilograms"),
            Head("matched", say(N_("Matched, share")), 14, "share"),
            Head("carbon_free", say(N_("Carbon-free, share")), 14, "share"),
        ],
        note=N_("How the electricity of each year is met on the market basis; as assessed, not live."),
    )
    for row in document["electricity"]:
        keys = ("year", "kwh", "onsite", "residual", "matched", "carbon_free")
        told = {key: row[key] for key in keys if row[key] is not None}
        page.add(**told, **{f"contract {each['id']}": each["kwh"] for each in row["contracts"]})
    return page


def _chosen(choice: Any, say: Texts) -> str:  # noqa: ANN401
    known = choices(choice["choice"]).get(str(choice["value"]))
    return str(known[say.language]) if known else str(choice["value"])


def _column(key: str, say: Texts) -> str:
    """Name of what was not typed, with its year where it has one."""
    name, _, year = key.rpartition(" ") if key[-4:].isdigit() and " " in key else (key, "", "")
    said = say(words.SHORT_PART[name]) if name in words.SHORT_PART else quantity_name(name, say)
    return f"{said} {year}".strip()


def _values(document: Any, say: Texts) -> Page:  # noqa: ANN401
    page = Page(
        say(N_("Values not typed")),
        [
            Head("line", say(N_("Line")), 24),
            Head("column", say(N_("Column")), 24),
            Head("value", say(N_("Value")), 16, "exact"),
            Head("unit", say(N_("Unit")), 16),
            Head("status", say(N_("Status")), 12),
            Head("how", say(N_("How")), _LONG, "long"),
            Head("source", say(N_("Source")), 30),
        ],
        note=N_("What was derived, taken by default or put in the place of another value."),
    )
    for row in document["passport"]["values"]:
        page.add(
            line=row["line"],
            column=_column(str(row["column"]), say),
            value=row["value"],
            unit=unit_name(row["unit"], say),
            status=say(words.STATUS[row["status"]]),
            how=how_text(row, say),
            source=row["source"],
        )
    return page


def _properties(document: Any, say: Texts) -> Page:  # noqa: ANN401
    page = Page(
        say(N_("Properties")),
        [
            Head("subject", say(N_("Of")), 34),
            Head("property", say(N_("Property")), 26),
            Head("value", say(N_("Value")), 16, "exact"),
            Head("unit", say(N_("Unit")), 14),
            Head("source", say(N_("Source")), 30),
            Head("locator", say(N_("Place in the source")), _LONG, "long"),
        ],
        note=N_("Densities, heating values and other constants that were used."),
    )
    for row in document["passport"]["properties"]:
        named = {"subject": subject_name(row["subject"], say), "property": quantity_name(row["property"], say)}
        page.add(**{**{head.key: row[head.key] for head in page.heads}, **named})
    return page


def _sources(document: Any, say: Texts) -> Page:  # noqa: ANN401
    page = Page(
        say(N_("Sources")),
        [
            Head("source", say(N_("Source")), 30),
            Head("publisher", say(N_("Publisher")), 34, "long"),
            Head("title", say(N_("Title")), _LONG, "long"),
            Head("year", say(N_("Year")), 10),
            Head("url", say(N_("Address")), _LONG, "long"),
            Head("licence", say(N_("Licence")), 30, "long"),
        ],
        note=N_("Where the numbers stand that a stranger can find."),
    )
    for row in document["passport"]["sources"]:
        page.add(**{head.key: str(row[head.key]) for head in page.heads})
    return page
