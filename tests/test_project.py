"""The project itself: constraints against metadata, importing without effects, catalogues that are current."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PACKAGES = ("factors", "inventories", "lca", "templates", "cli")


def constraints() -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for line in (ROOT / "constraints.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            requirement = Requirement(line)
            found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def test_constraints_are_names_and_versions_without_addresses() -> None:
    for requirements in constraints().values():
        for requirement in requirements:
            assert requirement.url is None
            assert [each.operator for each in requirement.specifier] == ["=="]


def test_constraints_hold_every_requirement_of_the_metadata() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["dev"], *extras["docs"]]
    pinned = constraints()
    for text in wanted:
        requirement = Requirement(text)
        pins = pinned[canonicalize_name(requirement.name)]
        for pin in pins:
            version = next(iter(pin.specifier)).version
            assert requirement.specifier.contains(version), f"{text} against {version}"


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_writes_nothing_and_warns_of_nothing(package: str, tmp_path: Path) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module({package!r})\n"
        "for each in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    if not each.name.endswith('__main__'):\n"
        "        importlib.import_module(each.name)\n"
    )
    environment = {"HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_no_address_and_no_path_of_a_machine_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text()
    assert "/root/" not in text
    assert "/home/" not in text
    assert text.count("```sh") >= 2


def test_the_page_of_the_commands_is_current() -> None:
    from cli.help_page import PAGE, page  # noqa: PLC0415

    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m cli.help_page"
    assert page().count("\n## jalki ") == 15


def test_every_module_of_the_method_pages_exists_and_every_calculation_is_on_one() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "method").glob("*.md"))
    named = {each.split()[-1] for each in pages.splitlines() if each.startswith(".. automodule::")}
    modules = (path.relative_to(ROOT).with_suffix("") for path in (ROOT / "lca").rglob("*.py"))
    calculated = {".".join(path.parts) for path in modules}
    beside = {
        "lca.__init__",
        "lca.heat.__init__",
        "lca.measures.__init__",
        "lca.heat.book",
        "lca.assess",
        "lca.context",
        "lca.contract_guards",
        "lca.expand",
        "lca.guards",
        "lca.parameters",
        "lca.passport",
    }
    beside |= {"lca.results"}
    assert calculated - beside <= named
    assert {each for each in named if each.startswith("lca.")} <= calculated
