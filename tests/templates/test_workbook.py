"""The input workbook: the same bytes, drop-downs that the reader accepts, help everywhere, guidance it passes over."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl import Workbook

from factors.library import library
from factors.tables import rows
from factors.units import parse_unit
from inventories.cells import read_cell
from inventories.format import KEYED, LANGUAGES, Column, aside_sheets, choices, column, columns, normal, sheets
from inventories.reader import read_workbook
from inventories.study import as_json
from lca.assess import assess
from templates.workbook import example, workbook
from templates.workbook.cells import header, said, sheet_name, starred
from templates.workbook.offers import REFUSE, listed_factors, offer, offers, read_columns, shown_sheets, units
from templates.workbook.rows import first_study
from templates.workbook.sheets import LAST
from templates.workbook.style import height, two_lines

TABLES = [sheet for sheet in shown_sheets() if sheet not in KEYED]
COLUMNS = [(sheet, of.key) for sheet in shown_sheets() for of in read_columns(sheet)]
EXAMPLE = example("server-room")


@cache
def blank(language: str) -> bytes:
    return workbook(language)


@cache
def opened(language: str) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(blank(language)))


def members(book: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def validation_of(language: str, sheet: str, cell: str) -> Any:
    """Drop-down of a cell; None where there is none."""
    page = opened(language)[sheet_name(sheet, language)]
    found = [each for each in page.data_validations.dataValidation if cell in each.sqref]
    assert len(found) <= 1
    return found[0] if found else None


def words_of(language: str, rule: Any) -> list[str]:
    """Words a drop-down offers, as they stand in its range."""
    name, cells = rule.formula1.split("!")
    return [str(row[0].value) for row in opened(language)[name.strip("'")][cells.replace("$", "")]]


def place(language: str, of: Column) -> str:
    """Address of a cell to fill: of a key of Study its value, of a table the first row."""
    page = opened(language)[sheet_name(of.sheet, language)]
    if of.sheet in KEYED:
        row = next(i for i in range(2, 60) if normal(str(page.cell(i, 1).value)) == normal(of.labels[language]))
        return f"B{row}"
    title = starred(of, header(of, language))
    return next(str(cell.coordinate) for cell in page[1] if cell.value == title).replace("1", "2")


# --- the file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filled", [None, EXAMPLE], ids=["blank", "example"])
def test_the_same_arguments_give_the_same_bytes(language: str, filled: dict[str, Any] | None) -> None:
    assert workbook(language, filled) == workbook(language, filled)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_well_formed_and_holds_no_formula_and_no_link_out(language: str) -> None:
    for book in (blank(language), workbook(language, EXAMPLE)):
        for name, content in members(book):
            ElementTree.fromstring(content)  # noqa: S314 - our own file
            assert b'TargetMode="External"' not in content
            assert "externalLink" not in name
            assert "vbaProject" not in name
            if name.startswith("xl/worksheets/sheet"):
                assert not re.search(rb"<f[ >/]", content)
                assert b"sheetProtection" not in content
                assert b' hidden="1"' not in content


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_stand_in_order_guidance_first(language: str) -> None:
    wanted = ["Guidance", *shown_sheets(), "Factor list", "Lists"]
    assert opened(language).sheetnames == [sheet_name(each, language) for each in wanted]
    assert all(page.sheet_state == "visible" for page in opened(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_stay_in_sight_and_are_printed_on_every_page(language: str) -> None:
    for sheet in shown_sheets():
        page = opened(language)[sheet_name(sheet, language)]
        assert page.freeze_panes in ("B2", "C2")
        assert page.page_setup.orientation == "landscape"
        setup = page.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        assert page.print_title_rows == "$1:$1"
        assert page.row_dimensions[1].height >= 20


def test_the_properties_name_the_format() -> None:
    content = dict(members(blank("en")))
    assert b"jalki_format" in content["docProps/custom.xml"]


# --- headers and help -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_that_is_read_has_its_header_and_no_other(language: str) -> None:
    for sheet in TABLES:
        page = opened(language)[sheet_name(sheet, language)]
        assert [cell.value for cell in page[1]] == [starred(of, header(of, language)) for of in read_columns(sheet)]
        assert {of.key for of in columns(sheet)} - {of.key for of in read_columns(sheet)} == {
            of.key for of in columns(sheet) if of.is_unread
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_header_has_its_help(language: str) -> None:
    for sheet in TABLES:
        page = opened(language)[sheet_name(sheet, language)]
        for cell, of in zip(page[1], read_columns(sheet), strict=True):
            assert cell.comment is not None, (sheet, of.key)
            assert cell.comment.text.startswith(of.help[language])
            assert (said("note-required", language) in cell.comment.text) == (of.required == "always")
    page = opened(language)[sheet_name("Study", language)]
    for of in read_columns("Study"):
        row = int(place(language, of)[1:])
        assert page.cell(row, 4).value == of.help[language]


def test_required_headers_are_dark_and_starred_and_every_shade_is_another() -> None:
    page = opened("en")["Energy"]
    look = {str(cell.value): cell.fill.start_color.rgb for cell in page[1]}
    assert look["Amount\N{NO-BREAK SPACE}*"] == "FF0B4F5A"
    assert look["Use"] == "FF3B7A85"
    assert look["Note"] == "FFD7E7E9"


# --- drop-downs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("sheet", "key"), COLUMNS)
def test_a_drop_down_offers_the_choices_and_the_reader_takes_each(language: str, sheet: str, key: str) -> None:
    of = column(sheet, key)
    rule = validation_of(language, sheet, place(language, of))
    offered = offer(of, language)
    if offered is None:
        assert rule is None
        assert of.kind != "choice"
        return
    found = words_of(language, rule)
    assert found == [word for word, _ in offered.words]
    assert len(found) == len(set(found))
    if of.kind == "choice":
        assert set(found) >= {labels[language] for labels in choices(of.choices).values()}
    if key == "unit":
        return
    for word, meaning in offered.words:
        value = read_cell(of, word, language).value
        known = of.words and meaning in choices(of.words)
        assert value == (meaning if known or of.choices == "gas" else word), word


@pytest.mark.parametrize("language", LANGUAGES)
def test_closed_lists_refuse_others_suggest(language: str) -> None:
    refused = validation_of(language, "Energy", place(language, column("Energy", "use")))
    assert (refused.showErrorMessage, refused.errorStyle) == (True, None)  # stop is the default
    warned = validation_of(language, "Plant", place(language, column("Plant", "factor")))
    assert (warned.showErrorMessage, warned.errorStyle) == (True, "warning")
    suggested = validation_of(language, "Plant", place(language, column("Plant", "unit")))
    assert not suggested.showErrorMessage
    assert str(refused.sqref).endswith(str(LAST + 1))


def test_a_closed_list_is_closed_for_the_reader_too() -> None:
    """What a drop-down refuses the reader refuses as well: nobody is hindered from typing what would be read."""
    for sheet, key in COLUMNS:
        offered = offer(column(sheet, key), "en")
        if offered is not None and offered.otherwise == REFUSE:
            with pytest.raises(ValueError, match="choice-unknown"):
                read_cell(column(sheet, key), "some word", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_added_to_study_choose_a_key(language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(language, EXAMPLE)))
    page = book[sheet_name("Study", language)]
    below = f"A{len(EXAMPLE['Study']) + 2}"
    rule = next(each for each in page.data_validations.dataValidation if below in each.sqref)
    assert words_of(language, rule) == [of.labels[language] for of in read_columns("Study")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_offered_fit_their_column(language: str) -> None:
    for sheet, key in COLUMNS:
        of = column(sheet, key)
        found = units(of, language)
        assert len(found) == len(set(found))
        if sheet == "Measures":  # a measure may change a column of any dimension
            assert all(map(parse_unit, found))
            continue
        beside = [each for each in columns(sheet) if each.key in ("amount", "heat", "charge", "value", "price")]
        number = of if key != "unit" else beside[0]
        for text in found:
            unit = parse_unit(text)
            dimension = unit.dimension if number.dimension != "emission-factor" else unit.numerator.dimension
            assert dimension in (*number.dimensions, "emission"), (sheet, key, text)
        if key == "unit":
            assert found


# --- sheets that only help --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_factors_holds_every_id_with_its_name(language: str) -> None:
    page = opened(language)[sheet_name("Factor list", language)]
    listed = {str(row[0].value): str(row[1].value) for row in page.iter_rows(min_row=2)}
    shelf = library()
    assert listed == {key: shelf.name(key, language) for key in shelf.factors}
    assert page.max_row == len(shelf.factors) + 1 == len(listed_factors()) + 1
    assert page.auto_filter.ref == f"A1:I{page.max_row}"
    sections = [str(row[2].value) for row in page.iter_rows(min_row=2)]
    assert len(set(sections)) == 1 + sum(a != b for a, b in zip(sections, sections[1:], strict=False))


def test_lists_hold_each_list_once() -> None:
    names = [each.name for each in offers("en")]
    assert len(names) == len(set(names))
    for sheet, key in COLUMNS:
        offered = offer(column(sheet, key), "en")
        assert offered is None or offered.name in (*names, "factor")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_workbook_lacks_only_the_required_keys(language: str, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(blank(language))
    found = [(problem.code, problem.sheet, problem.column) for problem in read_workbook(path).problems]
    assert found == [("required", "Study", of.key) for of in columns("Study") if of.required == "always"]


@pytest.mark.parametrize("name", [name for names in aside_sheets().values() for name in names.values()])
def test_a_sheet_that_only_helps_is_passed_over_in_any_language(name: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook("en", EXAMPLE)))
    if name not in book.sheetnames:
        book.create_sheet(name).append(["Amount", "whatever", -1])
    path = tmp_path / "study.xlsx"
    book.save(path)
    assert {problem.code for problem in read_workbook(path).problems} <= {"factor-doubtful"}


def test_no_sheet_of_the_format_is_called_like_one_that_only_helps() -> None:
    aside = {normal(name) for names in aside_sheets().values() for name in names.values()}
    read = {normal(name) for key, sheet in sheets().items() for name in (key, *sheet.labels.values())}
    assert not aside & read


# --- guidance ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guidance_names_each_cell_of_a_first_study_and_every_sheet(language: str) -> None:
    page = opened(language)[sheet_name("Guidance", language)]
    text = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    for sheet in (*shown_sheets(), "Factor list", "Lists"):
        assert any(sheet_name(sheet, language) in each for each in text)
    count = 0
    for sheet, lines in first_study(language).items():
        keys = [line["key"] for line in lines] if sheet in KEYED else list(lines[0])
        count += len(keys) if sheet != "Exclusions" else 0
        for key in keys:
            of = column(sheet, key)
            assert {of.labels[language], header(of, language)} & set(text)
    assert any(said("part-first", language, count=count) == each for each in text)
    assert 25 <= count <= 35
    for command in ("jalki check", "jalki assess", "jalki factors search"):
        assert command in "\n".join(text)
    assert not any("{" in each for each in text)


def test_example_rows_stand_only_on_the_guidance() -> None:
    for sheet in TABLES:
        page = opened("en")[sheet]
        assert all(cell.value is None for row in page.iter_rows(min_row=2) for cell in row)


def test_the_first_study_of_the_guidance_is_a_study_in_every_language(tmp_path: Path) -> None:
    """What the guidance tells a beginner to type is read and assessed as it stands; only texts differ by language."""
    tables = []
    for language in LANGUAGES:
        path = tmp_path / f"{language}.xlsx"
        path.write_bytes(workbook(language, first_study(language)))
        found = read_workbook(path)
        assert found.problems == []
        assert found.study is not None
        document = assess(found.study)
        assert document["screening"] is True
        assert document["totals"]["location"]["total"] > 0
        tables.append(document["totals"])
    assert tables[0] == tables[1] == tables[2]


def test_texts_stand_in_three_languages() -> None:
    for row in rows("templates", "guidance.csv"):
        assert all(row[language].strip() for language in LANGUAGES), row["key"]
        placeholders = [set(re.findall(r"{\w+}", row[language])) for language in LANGUAGES]
        assert placeholders[0] == placeholders[1] == placeholders[2], row["key"]


# --- a study ----------------------------------------------------------------------------------------


def test_the_example_is_one_study_in_three_languages(tmp_path: Path) -> None:
    studies = []
    for language in LANGUAGES:
        path = tmp_path / f"{language}.xlsx"
        path.write_bytes(workbook(language, EXAMPLE))
        study = read_workbook(path).study
        assert study is not None
        studies.append(as_json(study))
    assert studies[0] == studies[1] == studies[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_study_of_drop_down_words_is_read_as_its_keys(language: str, tmp_path: Path) -> None:
    """Keys added to Study below the first ones, with words of their lists, as a person chooses them."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(language, first_study(language))))
    chosen = {"gwp_set": "AR5", "replacement_rule": "pro-rata", "residual_mix": "follow-grid", "language": "sv"}
    page = book[sheet_name("Study", language)]
    for i, (key, word) in enumerate(chosen.items(), len(first_study()["Study"]) + 2):
        of = column("Study", key)
        page.cell(i, 1).value = of.labels[language]
        page.cell(i, 2).value = choices(of.words)[word][language]
    path = tmp_path / "study.xlsx"
    book.save(path)
    found = read_workbook(path)
    assert found.problems == []
    assert found.study is not None
    assert {key: getattr(found.study.settings, key) for key in chosen} == chosen
    assert (found.study.energy[0].carrier, found.study.energy[0].use) == ("electricity", "cooling")


def test_words_for_what_replaces_a_line_are_read_in_every_language() -> None:
    of = column("Hardware", "replaced_by")
    assert [read_cell(of, word, "fi").value for word in ("Samanlainen", "Ei mikään", "Ingen", "none", "H2")] == [
        "same", "none", "none", "none", "H2",
    ]  # fmt: skip


def test_text_is_never_a_formula() -> None:
    book = workbook("en", {"Construction": [{"item": "=1+1", "amount": "1", "unit": "kg", "factor": "glulam-fi"}]})
    page = openpyxl.load_workbook(io.BytesIO(book))["Construction"]
    assert page["A2"].data_type == "s"
    assert page["A2"].value == "=1+1"


def test_widths_and_heights_follow_the_text() -> None:
    assert two_lines("Saved cooling electricity [MWh]") == len("electricity [MWh]")
    assert height("a " * 100, 20) > height("a " * 50, 20) > height("a", 20)


def test_every_number_of_a_sheet_of_keys_is_read_in_the_unit_that_stands_beside_it(tmp_path: Path) -> None:
    """Whoever types numbers alone, and leaves the units as the blank workbook has them, is understood."""
    book = openpyxl.load_workbook(io.BytesIO(workbook("en", first_study("en"))))
    for sheet in KEYED:
        page = book[sheet]
        labels = {normal(str(page.cell(i, 1).value)): i for i in range(2, page.max_row + 1)}
        blank_page = opened("en")[sheet]
        for of in read_columns(sheet):
            if of.kind not in ("number", "integer") or of.key in ("start_year", "reference_period", "format"):
                continue
            row = labels.setdefault(normal(of.labels["en"]), max(labels.values()) + 1)
            place = next(i for i in range(2, 80) if normal(str(blank_page.cell(i, 1).value)) == normal(of.labels["en"]))
            page.cell(row, 1).value = of.labels["en"]
            page.cell(row, 2).value = min(max(of.least, of.above + 1, 1.0), of.most)
            page.cell(row, 3).value = blank_page.cell(place, 3).value
    path = tmp_path / "typed.xlsx"
    book.save(path)
    found = [problem for problem in read_workbook(path).problems if problem.code.startswith("unit-")]
    assert [(each.column, each.read) for each in found] == []
