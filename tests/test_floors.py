"""The floors of the package: a folder imports only from folders below it; within a folder there is no cycle.

The two tables are also told in ARCHITECTURE.md, which is held to them here.
"""

from __future__ import annotations

import ast
import functools
import graphlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.files.program.own_files import NOT_OF_A_CHECK, NOT_OF_THE_PAGE, program_hashes
from tests.conftest import SLOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = ROOT / "pipeline"

FLOORS: Final = """
    findings findings.codes.issue findings.codes findings.wording
    models.values models.kinds models
    files.program files.text files.writing files files.yaml_items
    reading.markdown.source reading.markdown reading.markdown.rewriting reading
    typography.microtypography typography.composing typography
    editor.house_style editor.writing editor
    page.figures page.pictures.metadata page.pictures page.identity page.sheets page.makeup
    page.templates page
    page.composition
    page.engine.paragraphs page.engine.patches page.engine.memory page.engine.svg page.engine.shortcuts
    page.engine.grid page.engine page.engine.preview page.fitting
    importing.model importing.charsets importing.html.looks importing.html importing.html.letters
    importing.formats importing.mail importing.word importing.draft importing
    pdf.content pdf.content.painting pdf.plates pdf.finishing pdf.preflight.tags pdf.preflight pdf.companions
    pdf.law.expected pdf.law.drawn pdf.law.visibility pdf.law.matching pdf.law pdf
    html_checks
    mail_edition
    archive archive.comparing archive.search archive.site
    delivery.settings delivery.ledger delivery.messages delivery.members delivery.sending delivery.returns
    desk.production.checks desk.production desk.specimen desk.intake desk.batch desk.archive desk.mail
    desk.preview.wire desk.preview.process desk.preview desk.writing.disk desk.writing.history desk.writing
    desk.overview desk.editing desk.tasks
    studio studio.gate studio.views.forms studio.views.wording studio.views studio.views.issue
    studio.views.publishing studio.serving
    cli cli.archive cli.mail
"""
"""The folders from the ground up: who knows nothing of the others stands first."""

DOORS: Final = {
    "pydantic": "models reading typography page editor.house_style editor.writing delivery desk",
    "pydantic_core": "models reading page.identity",
    "email_validator": "models delivery.members",
    "idna": "delivery.ledger",
    "ruamel": "files",
    "markdown_it": "reading.markdown importing.formats",
    "mdit_py_plugins": "reading.markdown importing.formats",
    "babel": "typography",
    "fontTools": "typography pdf.finishing pdf.preflight",
    "tinycss2": "page importing.html.looks html_checks",
    "PIL": "page importing importing.word pdf archive.comparing",
    "cssselect2": "importing.html.looks html_checks",
    "pyphen": "page.engine.paragraphs desk.production",
    "jinja2": "page studio.views",
    "icalendar": "page importing.formats",
    "markupsafe": "page archive.site",
    "weasyprint": "page.engine",
    "_cffi_backend": "page.engine.patches",
    "pypdfium2": "pdf",
    "segno": "page.figures",
    "pikepdf": "pdf archive",
    "mammoth": "importing.model importing.word",
    "pillow_heif": "importing",
    "charset_normalizer": "importing.charsets",
    "merge3": "importing desk.writing",
    "watchfiles": "desk.writing",
    "defusedxml": "importing.formats importing.html",
    "tinyhtml5": "importing.html archive.site",
    "css_inline": "mail_edition",
    "openpyxl": "importing.formats",
    "dkim": "delivery.messages",
    "dns": "delivery.settings",
    "keyring": "delivery.settings",
    "distributed": "desk.batch",
    "hunspell": "editor",
    "spylls": "editor",
    "starlette": "studio",
    "uvicorn": "studio",
    "typer": "cli",
    "rich": "cli",
}
"""Which folders, with those within them, may use a library; one that is not named here may not be used."""

LEVELS: Final = {folder: level for level, folder in enumerate(FLOORS.split())}
MOST_FILES: Final = 16
MOST_ENTRIES: Final = 18
MOST_LINES: Final = 400


@functools.cache
def modules() -> dict[str, Path]:
    """Return every module within a folder, by its name below the package."""
    files = {path.relative_to(PACKAGE).with_suffix(""): path for path in PACKAGE.rglob("*.py")}
    return {".".join(stem.parts): path for stem, path in files.items() if len(stem.parts) > 1}


def known_modules() -> set[str]:
    """Return those that do something: a folder's own file says only what lies in it."""
    return {name for name in modules() if not name.endswith(".__init__")}


def folder_of(module: str) -> str:
    return module.rpartition(".")[0]


@functools.cache
def imported(code: str) -> tuple[tuple[int, str], ...]:
    """Return every name a module imports, wherever in it, with the line."""
    return tuple(_imported(code))


def _imported(code: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written out in full"
            whole = f"{node.module}."
            yield from ((node.lineno, whole + alias.name) for alias in node.names)


def module_named(name: str, known: Mapping[str, object]) -> str | None:
    """Return which of our modules an imported name means: itself, or what lies in it."""
    parts = name.split(".")[1:]
    candidates = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    named = [each for name in candidates for each in (name, f"{name}.__init__")]
    return next((module for module in named if module in known), None)


def within(folder: str, doors: str) -> bool:
    return any(f"{folder}.".startswith(f"{door}.") for door in doors.split())


def faults(module: str, code: str, known: Mapping[str, object]) -> list[str]:
    """Say where a module looks up the stairs, or uses a library by another folder's door."""
    here = folder_of(module)
    if here not in LEVELS:
        return [f"{module}: enter the folder {here} in FLOORS of tests/test_floors.py, where it belongs"]
    found = []
    for line, name in imported(code):
        root = name.split(".")[0]
        if root == "pipeline":
            target = module_named(name, known)
            if target is None:
                found.append(f"{module}:{line}: {name} is in no folder")
            elif LEVELS[folder_of(target)] > LEVELS[here]:
                found.append(f"{module}:{line}: {here} may not look up to {folder_of(target)}")
        elif root not in sys.stdlib_module_names and not within(here, DOORS.get(root, "")):
            doors = DOORS.get(root, "nobody; enter it in DOORS")
            found.append(f"{module}:{line}: {root} is used only by {doors}")
    return found


@pytest.mark.parametrize("module", sorted(known_modules()))
def test_a_module_imports_only_from_below(module: str) -> None:
    known = modules()
    assert not faults(module, known[module].read_text(encoding="utf-8"), known)


def test_within_a_folder_nothing_goes_in_circles() -> None:
    known = modules()
    graph = {
        module: {
            target
            for _, name in imported(path.read_text(encoding="utf-8"))
            if name.startswith("pipeline.") and (target := module_named(name, known)) and target != module
        }
        for module, path in known.items()
    }
    assert len(list(graphlib.TopologicalSorter(graph).static_order())) == len(known)


def test_every_folder_has_a_floor() -> None:
    assert LEVELS.keys() == {folder_of(name) for name in known_modules()}


def test_a_folder_loads_nothing_by_itself() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        if path.parent != PACKAGE:
            assert not list(imported(path.read_text(encoding="utf-8"))), path


def test_a_stranger_sees_the_road() -> None:
    shown = {path.name for path in PACKAGE.iterdir()} - {"__pycache__", "shipped"}
    assert len(shown) <= MOST_ENTRIES, sorted(shown)


@pytest.mark.parametrize("top", ["pipeline", "tests"])
def test_no_folder_is_crowded(top: str) -> None:
    data = {"bad_issues", "dictionaries", "golden", "frozen", "returns", "unseen", "arrivals", "specimens"}
    for folder in {path.parent for path in (ROOT / top).rglob("*.*") if path.is_file()}:
        if not data & set(folder.relative_to(ROOT).parts) and "__pycache__" not in folder.parts:
            files = [path.name for path in folder.iterdir() if path.is_file()]
            assert len(files) <= MOST_FILES, f"{folder.relative_to(ROOT)}: {len(files)} files"


@pytest.mark.parametrize("module", sorted(modules()))
def test_no_module_is_long(module: str) -> None:
    lines = len(modules()[module].read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, lines


@pytest.mark.parametrize(
    ("module", "code", "fault"),
    [
        (
            "findings.place",
            "import pipeline.cli.main",
            "findings.place:1: findings may not look up to cli",
        ),
        (
            "page.style",
            "from pipeline.page.engine import press",
            "page.style:1: page may not look up to page.engine",
        ),
        (
            "models.text",
            "def late():\n    from pipeline.reading.issue_reader import read_issue",
            "models.text:2: models may not look up to reading",
        ),
        (
            "files.cache",
            "if TYPE_CHECKING:\n    from pipeline.desk.production.building import build",
            "files.cache:2: files may not look up to desk.production",
        ),
        ("reading.validation", "from ruamel.yaml import YAML", "ruamel is used only by files"),
        ("page.style", "import weasyprint.urls", "weasyprint is used only by page.engine"),
        ("page.style", "import numpy", "numpy is used only by nobody; enter it in DOORS"),
        ("page.style", "from pipeline.cellar import wine", "pipeline.cellar.wine is in no folder"),
        ("attic.boxes", "", "attic.boxes: enter the folder attic in FLOORS"),
    ],
)
def test_looking_up_the_stairs_is_seen(module: str, code: str, fault: str) -> None:
    (found,) = faults(module, code, modules())
    assert fault in found


def test_what_lies_below_may_be_used() -> None:
    code = "import babel.dates\nfrom pipeline.models.values.strings import facts"
    assert not faults("typography.localisation", code, modules())


def test_no_page_is_made_with_what_the_lock_leaves_out() -> None:
    """What the lock does not hash may not reach into the bytes of a page."""
    known = modules()
    makers = {name for name, path in known.items() if str(path.relative_to(PACKAGE)) in program_hashes()}
    left_out = {module for module in known if f"{module.replace('.', '/')}.py".startswith(NOT_OF_THE_PAGE)}
    assert makers | left_out == known.keys()
    assert {"page.engine.press", "page.composition.html", "desk.production.edition_building"} < makers
    for folder in NOT_OF_THE_PAGE:
        assert (PACKAGE / folder).exists(), folder
    for module in makers:
        named = (module_named(name, known) for _, name in imported(known[module].read_text("utf-8")))
        assert {name for name in named if name is not None} <= makers, module


def run_by(code: str) -> Iterator[str]:
    """Yield the names that a module imports when it runs: not those for its types alone."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    yield from (name for _, name in _imported(ast.unparse(tree)))


def test_what_a_check_found_is_found_anew_when_any_module_it_runs_has_changed() -> None:
    known = modules()
    reached: set[str] = set()
    ahead = {"desk.intake.checking"}
    while ahead:
        module = ahead.pop()
        reached.add(module)
        named = (module_named(name, known) for name in run_by(known[module].read_text("utf-8")))
        ahead |= {name for name in named if name is not None} - reached
    assert {"reading.issue_reader", "editor.numbers", "page.pictures.svg_lines"} < reached
    left_out = " ".join(folder.replace("/", ".") for folder in NOT_OF_A_CHECK)
    assert not {module for module in reached if within(module, left_out)}
    for folder in NOT_OF_A_CHECK:
        assert (PACKAGE / folder).is_dir(), folder


def told_in_the_architecture() -> dict[str, tuple[str, set[str]]]:
    """Return the rows of the table of folders: what each holds, and the libraries it names."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) ?\|$", text, re.MULTILINE)
    return {folder: (holds, set(re.findall(r"`(\w+)`", libraries))) for folder, holds, libraries in rows}


def test_the_architecture_tells_the_same_floors_and_doors() -> None:
    rows = told_in_the_architecture()
    assert list(rows) == list(dict.fromkeys(folder.split(".")[0] for folder in FLOORS.split()))
    for folder in FLOORS.split():
        assert "." not in folder or f"`{folder}`" in rows[folder.split(".")[0]][0], folder
    for top, (_, libraries) in rows.items():
        using = {
            library for library, doors in DOORS.items() if top in {d.split(".")[0] for d in doors.split()}
        }
        assert libraries == using, top


def test_a_door_is_one_that_is_used() -> None:
    known = modules()
    used = {
        (name.split(".")[0], folder_of(module))
        for module, path in known.items()
        for _, name in imported(path.read_text("utf-8"))
    }
    for library, doors in DOORS.items():
        for door in doors.split():
            assert any(name == library and within(folder, door) for name, folder in used), (library, door)


def test_what_the_quick_lane_leaves_out_is_there() -> None:
    assert [name for name in SLOW if not (ROOT / "tests" / name).exists()] == []
