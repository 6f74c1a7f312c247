"""The commands as a person runs them: exit codes, what is written, what is not."""

import json
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from tests.inventories.books import SHEETS, changed, write

LIGHT = ("numpy", "pandas", "bw2calc", "reportlab", "scipy", "openpyxl", "pint", "babel", "rapidfuzz")


def jalki(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    assert jalki("new", "server-room.xlsx", "--example", "server-room", cwd=folder).returncode == 0
    return folder / "server-room.xlsx"


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom cli.main import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {LIGHT!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "assess" in done.stdout
    assert done.stderr.strip() == "[]"


def test_the_example_gives_a_report_a_document_and_a_summary(example: Path, tmp_path: Path) -> None:
    done = jalki("assess", example, "-o", tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "server-room-report.pdf", "server-room-results.json", "server-room-results.xlsx",
    ]  # fmt: skip
    document = json.loads((tmp_path / "server-room-results.json").read_text())
    assert list(document) == [
        "schema_version", "jalki", "input_hash", "study", "complete", "screening", "totals", "contributions", "outside",
        "heat_methods", "intensities", "electricity", "simulation", "heat", "measures", "kpi", "coverage", "problems",
        "choices",
        "passport", "trail",
    ]  # fmt: skip
    assert document["complete"] is True
    assert f"{document['totals']['location']['total'] / 1000:.1f}" in done.stdout
    assert (tmp_path / "server-room-report.pdf").read_bytes().startswith(b"%PDF-")


def test_json_is_one_document_and_nothing_else_on_standard_output(example: Path, tmp_path: Path) -> None:
    done = jalki("assess", example, "-o", tmp_path, "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["schema_version"] == 1
    checked = jalki("check", example, "--json", cwd=tmp_path)
    assert checked.returncode == 0
    assert set(json.loads(checked.stdout)) == {"schema_version", "problems"}


def test_same_study_same_bytes(example: Path, tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        jalki("assess", example, "-o", tmp_path / name, cwd=tmp_path)
        found.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert found[0] == found[1]


def test_errors_end_with_3_their_cells_and_nothing_written(tmp_path: Path) -> None:
    path = write(tmp_path / "bad.xlsx", changed(SHEETS, "Construction", "C2", -5))
    done = jalki("assess", path, cwd=tmp_path)
    assert done.returncode == 3
    assert "Construction!C2" in done.stderr
    assert "[negative]" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["bad.xlsx"]
    said = json.loads(jalki("assess", path, "--json", cwd=tmp_path).stdout)
    assert [(p["code"], p["cell"], p["severity"]) for p in said["problems"]] == [("negative", "C2", "error")]


def test_errors_that_follow_from_the_numbers_have_their_cell_too(tmp_path: Path) -> None:
    path = write(tmp_path / "bad.xlsx", changed(SHEETS, "Construction", "D2", "kWh"))
    done = jalki("check", path, cwd=tmp_path)
    assert done.returncode == 3
    assert "Construction!C2" in done.stdout
    assert "[factor-unit]" in done.stdout


def test_gaps_are_named_and_final_refuses_them(tmp_path: Path) -> None:
    path = write(tmp_path / "gaps.xlsx", dict(SHEETS))
    draft = jalki("assess", path, cwd=tmp_path)
    assert draft.returncode == 0
    assert "INCOMPLETE" in draft.stdout
    for each in tmp_path.glob("gaps-*"):
        each.unlink()
    final = jalki("assess", path, "--final", cwd=tmp_path)
    assert final.returncode == 3
    assert [each.name for each in tmp_path.iterdir()] == ["gaps.xlsx"]


def test_a_country_without_grid_ends_with_4(tmp_path: Path) -> None:
    path = write(tmp_path / "nz.xlsx", changed(SHEETS, "Study", "B5", "NZ"))
    done = jalki("assess", path, cwd=tmp_path)
    assert (done.returncode, "[grid-missing]" in done.stderr) == (4, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("assess", "nothing.xlsx"), "no file nothing.xlsx"),
        (("check", "nothing.xlsx"), "no file nothing.xlsx"),
        (("new", "book.ods"), "does not end in .xlsx"),
        (("new", "book.xlsx", "--example", "moon"), "no example 'moon'"),
        (("new", "nowhere/book.xlsx"), "no folder nowhere"),
        (("factors", "show", "concrete-c30-37"), "nearest: concrete-c30-37-fi"),
    ],
)
def test_usage_ends_with_2_and_says_why(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = jalki(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_new_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_text("precious")
    assert jalki("new", path, cwd=tmp_path).returncode == 2
    assert path.read_text() == "precious"


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_a_blank_workbook_is_read_and_says_what_it_lacks(tmp_path: Path, language: str) -> None:
    path = tmp_path / "blank.xlsx"
    assert jalki("new", path, "--lang", language, cwd=tmp_path).returncode == 0
    said = json.loads(jalki("check", path, "--json", cwd=tmp_path).stdout)
    assert {p["code"] for p in said["problems"]} <= {"required", "years-empty"}


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cli.output import Console  # noqa: PLC0415

    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Console("en").write_files({target: b"new and half"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"report.pdf": b"old"}


def test_an_unwritable_folder_ends_with_1(tmp_path: Path) -> None:
    from cli.output import Console  # noqa: PLC0415

    with pytest.raises(SystemExit) as stopped:
        Console("en").write_files({tmp_path / "no" / "report.pdf": b"x"})
    assert stopped.value.code == 1


def test_search_and_show_tell_value_and_source(tmp_path: Path) -> None:
    found = jalki("factors", "search", "concrete", cwd=tmp_path)
    assert "concrete-c30-37-fi" in found.stdout
    shown = jalki("factors", "show", "electricity-fi-residual-mix", cwd=tmp_path)
    assert "0.5549" in shown.stdout
    assert "Energiavirasto" in shown.stdout
    rows = json.loads(jalki("factors", "show", "electricity-fi", "--json", cwd=tmp_path).stdout)["factors"]
    assert {row["part"] for row in rows} == {"direct", "upstream"}


def test_the_check_of_the_library_prints_where_every_researched_row_went(tmp_path: Path) -> None:
    done = jalki("factors", "check", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "636 researched rows" in done.stdout
    assert "0 faults" in done.stderr


def test_sources_are_listed_with_their_licence(tmp_path: Path) -> None:
    done = jalki("factors", "sources", cwd=tmp_path)
    assert "boavizta-data  [odbl]" in done.stdout
    listed = json.loads(jalki("factors", "sources", "--json", cwd=tmp_path).stdout)["sources"]
    assert all(each["licence"] and each["shipping"] in ("open", "odbl", "facts") for each in listed)


def test_where_one_output_cannot_be_written_neither_is(example: Path, tmp_path: Path) -> None:
    (tmp_path / "server-room-report.pdf").mkdir()
    done = jalki("assess", example, "-o", tmp_path, cwd=tmp_path)
    assert done.returncode == 1
    assert "server-room-report.pdf cannot be written" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["server-room-report.pdf"]


def test_an_annotated_copy_is_written_on_request_and_the_exit_code_is_that_of_check(tmp_path: Path) -> None:
    path = write(tmp_path / "bad.xlsx", changed(SHEETS, "Construction", "C2", -5))
    before = path.read_bytes()
    done = jalki("check", path, "--annotate", "marked.xlsx", cwd=tmp_path)
    assert (done.returncode, "wrote marked.xlsx" in done.stderr) == (3, True)
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.xlsx", "marked.xlsx"]
    good = write(tmp_path / "good.xlsx", dict(SHEETS))
    said = jalki("check", good, "--annotate", "other.xlsx", "--json", cwd=tmp_path)
    assert (said.returncode, (tmp_path / "other.xlsx").is_file()) == (0, True)
    assert "coverage-missing" in {problem["code"] for problem in json.loads(said.stdout)["problems"]}


@pytest.mark.parametrize("out", ["bad.xlsx", "./bad.xlsx", "mine.xlsx", "out.ods", "no/out.xlsx"])
def test_an_annotated_copy_replaces_nothing(tmp_path: Path, out: str) -> None:
    path = write(tmp_path / "bad.xlsx", changed(SHEETS, "Construction", "C2", -5))
    (tmp_path / "mine.xlsx").write_text("precious")
    before = path.read_bytes()
    assert jalki("check", path, "--annotate", out, cwd=tmp_path).returncode == 2
    assert (path.read_bytes(), (tmp_path / "mine.xlsx").read_text()) == (before, "precious")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.xlsx", "mine.xlsx"]


def test_a_file_that_does_not_open_has_no_annotated_copy(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("id;amount")
    done = jalki("check", "text.xlsx", "--annotate", "marked.xlsx", cwd=tmp_path)
    assert (done.returncode, "marked.xlsx was not written" in done.stderr) == (3, True)
    assert [each.name for each in tmp_path.iterdir()] == ["text.xlsx"]


def screened(folder: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "new", "first.xlsx", "--screening"]
    return subprocess.run(
        command, cwd=folder, input="".join(f"{line}\n" for line in lines), capture_output=True, text=True, check=False
    )


def test_ten_answers_write_a_workbook_and_nine_write_none(tmp_path: Path) -> None:
    answers = ["FI", "2027-2046", "500", "50", "400", "free 1.2", "N", "400; 0; 2; 5", "0", "0"]
    short = screened(tmp_path, *answers[:9])
    assert (short.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "question 10 of 10" in short.stderr
    wrong = screened(tmp_path, "Atlantis", *answers[1:])
    assert (wrong.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "“Atlantis” is not understood" in wrong.stderr
    assert screened(tmp_path, *answers).returncode == 0
    done = jalki("check", "first.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    both = jalki("new", "other.xlsx", "--screening", "--example", "server-room", cwd=tmp_path)
    assert both.returncode == 2


@pytest.fixture(scope="module")
def results(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    assert jalki("assess", example, "-o", folder, "--quiet", cwd=folder).returncode == 0
    return folder / "server-room-results.json"


def test_quiet_says_nothing_but_errors(example: Path, tmp_path: Path) -> None:
    done = jalki("assess", example, "-o", tmp_path, "-q", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(list(tmp_path.iterdir())) == 3
    refused = jalki("assess", "nothing.xlsx", "-q", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "nothing.xlsx" in refused.stderr


def test_the_summary_fits_one_screen_and_has_no_colours_off_a_terminal(example: Path, tmp_path: Path) -> None:
    for language in ("en", "fi", "sv"):
        done = jalki("assess", example, "-o", tmp_path, "--lang", language, cwd=tmp_path)
        lines = done.stdout.splitlines()
        assert len(lines) <= 24
        assert max(map(len, lines)) <= 90
        assert "\033" not in done.stdout + done.stderr


@pytest.mark.parametrize(("language", "said"), [("fi", "tiedostoa x.xlsx ei ole"), ("sv", "filen x.xlsx finns inte")])
def test_messages_are_in_the_language_asked_for(tmp_path: Path, language: str, said: str) -> None:
    assert said in jalki("assess", "x.xlsx", "--lang", language, cwd=tmp_path).stderr


def test_a_results_document_is_printed_again_in_another_language(results: Path, tmp_path: Path) -> None:
    done = jalki("report", results, "-o", tmp_path, "--lang", "fi", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["server-room-report.pdf", "server-room-results.xlsx"]
    again = jalki("report", results, "-o", tmp_path, cwd=tmp_path)
    assert again.returncode == 0
    for name in ("server-room-report.pdf", "server-room-results.xlsx"):
        assert (tmp_path / name).read_bytes() == (results.parent / name).read_bytes()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "results-unreadable"),
        ("{", "results-unreadable"),
        ("[]", "results-unreadable"),
        ('{"schema_version": 2}', "results-version"),
        ('{"schema_version": 1}', "results-unreadable"),
        ("[" * 100_000, "results-unreadable"),
        ('{"schema_version": NaN}', "results-unreadable"),
    ],
)
def test_what_is_no_results_document_is_said_with_its_cure(
    results: Path, tmp_path: Path, content: str, code: str
) -> None:
    bad = tmp_path / "bad-results.json"
    bad.write_text(content)
    for command in (("report", bad), ("compare", bad, results), ("compare", results, bad)):
        done = jalki(*command, cwd=tmp_path)
        assert done.returncode == 3, done.stderr
        assert f"[{code}]" in done.stderr
        assert "Traceback" not in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["bad-results.json"]


def test_a_results_document_with_a_hole_is_refused_without_a_traceback(results: Path, tmp_path: Path) -> None:
    whole = json.loads(results.read_text())
    holes: list[tuple[str, object]] = [
        ("contributions", [{}]), ("trail", {}), ("study", {}), ("totals", None), ("passport", []), ("coverage", 5),
    ]  # fmt: skip
    for key, value in holes:
        bad = tmp_path / "bad-results.json"
        bad.write_text(json.dumps({**whole, key: value}))
        for command in (("report", bad), ("compare", results, bad)):
            done = jalki(*command, cwd=tmp_path)
            if command[0] == "report" or key in ("contributions", "study", "totals"):
                assert (done.returncode, "[results-unreadable]" in done.stderr) == (3, True), (key, done.stderr)
            assert "Traceback" not in done.stderr


def test_compare_takes_workbooks_and_documents(example: Path, results: Path, tmp_path: Path) -> None:
    done = jalki("compare", example, results, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "The inputs of both are the same." in done.stdout
    told = json.loads(jalki("compare", example, results, "--json", cwd=tmp_path).stdout)
    assert (told["schema_version"], told["differences"]) == (1, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is of Linux")
def test_a_full_disk_ends_with_1_and_no_traceback(example: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "cli", "assess", str(example), "-o", str(tmp_path)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_after_a_while_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    from cli import output  # noqa: PLC0415

    monkeypatch.setattr(output, "AFTER", 0.01)
    for stream, quiet, shown in ((Terminal(), False, True), (Terminal(), True, False), (StringIO(), False, False)):
        monkeypatch.setattr(sys, "stderr", stream)
        console = output.Console("fi", quiet)
        with console.stage("making the report"):
            time.sleep(0.1)
        for _ in console.counted(range(3), 3):
            time.sleep(0.02)
        said = stream.getvalue()
        assert ("tehdään raporttia …" in said and "3 / 3" in said) is shown
        assert said.endswith("\r\033[K") is shown
        assert bool(said) is shown


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from cli.output import painter  # noqa: PLC0415

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert painter(Terminal())("error", "x") == "\033[31mx\033[0m"
    assert painter(StringIO())("error", "x") == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert painter(Terminal())("error", "x") == "x"


def test_a_disk_that_fills_up_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cli.output import Console  # noqa: PLC0415

    target = tmp_path / "study-results.json"
    target.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SystemExit) as stopped:
        Console("en").write_files({target: iter([b"new ", b"half"]), tmp_path / "study-report.pdf": b"x"})
    assert stopped.value.code == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"study-results.json": b"old"}


def test_a_result_workbook_given_for_a_study_is_told_apart(results: Path, tmp_path: Path) -> None:
    code = "results-workbook"
    for command in ("check", "assess"):
        done = jalki(command, results.with_suffix(".xlsx"), cwd=tmp_path)
        assert (done.returncode, f"[{code}]" in done.stdout + done.stderr) == (3, True)


def test_a_results_document_that_was_altered_is_refused(results: Path, tmp_path: Path) -> None:
    document = json.loads(results.read_text())
    document["totals"]["market"]["total"] = 1000.0
    bad = tmp_path / "altered-results.json"
    bad.write_text(json.dumps(document))
    done = jalki("report", bad, cwd=tmp_path)
    assert (done.returncode, "totals/market/total" in done.stderr) == (3, True)


def test_heat_key_figures_and_hall_are_told_with_what_is_wrong(tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415

    assert jalki("new", "hall.xlsx", "--example", "kajaani", cwd=tmp_path).returncode == 0
    book = openpyxl.load_workbook(tmp_path / "hall.xlsx")
    for row in range(2, 6):
        assert book["Heat"][f"F{row}"].value == 30  # the inlet of the source; the hall's loop gives 39 °C
        book["Heat"][f"F{row}"].value = 45
    book.save(tmp_path / "hall.xlsx")
    for command, said in (("heat", "Benefit sharing"), ("kpi", "REF"), ("simulate", "PUE")):
        told, exact = jalki(command, "hall.xlsx", cwd=tmp_path), jalki(command, "hall.xlsx", "--json", cwd=tmp_path)
        assert (told.returncode, exact.returncode) == (0, 0), told.stderr
        assert said in told.stdout
        assert json.loads(exact.stdout)["schema_version"]
        assert ("source-above-hall" in told.stderr) == (command != "simulate")
    assert [path.name for path in tmp_path.iterdir()] == ["hall.xlsx"]


def test_the_hours_that_simulate_writes_are_read_back_as_profiles(tmp_path: Path) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from inventories.files import with_files  # noqa: PLC0415
    from inventories.values import Quantity  # noqa: PLC0415
    from tests.studies import make, meter  # noqa: PLC0415

    assert jalki("new", "hall.xlsx", "--example", "kajaani", cwd=tmp_path).returncode == 0
    done = jalki("simulate", "hall.xlsx", "--hours", "hours.csv", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    head, first, *_, last = (tmp_path / "hours.csv").read_text().splitlines()
    year = json.loads(done.stdout)["years"][0]
    assert head == "time [UTC],it [kW],cooling [kW],losses [kW],lighting [kW],heat [kW],water [kg]"
    assert (first.partition(",")[0], last.partition(",")[0]) == (
        f"{year['year']}-01-01T00:00Z", f"{year['year']}-12-31T23:00Z",
    )  # fmt: skip
    for column in ("it", "cooling", "losses", "heat"):
        row = meter(amount=Quantity(year[column], "MWh"), profile=f"hours.csv#{column}")
        study, problems = with_files(make(years=1, energy=[row]), tmp_path)
        assert problems == []
        assert (study.files[0].unit, len(study.files[0].values)) == ("kW", 8760)
        assert sum(study.files[0].values) / 1000 == pytest.approx(year[column], rel=1e-5)
        wrong = replace(row, amount=Quantity(year[column] * 1000, "MWh"))
        assert [p.code for p in with_files(make(years=1, energy=[wrong]), tmp_path)[1]] == ["series-slip"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "fit the study"), ("fi", "sopii selvitykseen"), ("sv", "passar")]
)
def test_measures_tell_the_catalogue_and_each_measure(tmp_path: Path, language: str, said: str) -> None:
    from inventories.measures import Measure  # noqa: PLC0415
    from inventories.rows import rows_of  # noqa: PLC0415
    from templates.workbook import workbook  # noqa: PLC0415
    from tests.studies import make, meter  # noqa: PLC0415

    less = Measure(id="M8", measure="Off", kind="scale", target=("Energy[use=it]",), value="-10", unit="%")
    path = tmp_path / "study.xlsx"
    path.write_bytes(workbook(language, rows_of(make(years=2, energy=[meter()], measures=[less]))))
    done = jalki("measures", path.name, "--lang", language, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert "M8" in done.stdout
    told = json.loads(jalki("measures", path.name, "--json", cwd=tmp_path).stdout)["measures"]
    (row,) = told["measures"]
    assert row["alone"]["location"] == pytest.approx(0.1 * told["before"]["location"])
