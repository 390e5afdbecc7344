"""The floors of the house: a module imports only from below it, or from those above it on its own floor."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.lock import program_hashes

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = Path(__file__).parents[1] / "pipeline"

# In reading order: who knows nothing of the others stands first. A package stands behind its parts.
FLOORS: Final = {
    "ground": """
        places code_wording preflight_codes archive_codes member_codes mail_page_codes
        message_codes delivery_codes return_codes query_codes import_codes finding_codes findings
        finding_records progress excerpts written_yaml
        editions written_dates suggestions
        models.base models.codes models.text models.values models.facts models.publication
        models.articles models.issue models.members models.mail_settings models.house models lock walking
        printing_conditions
    """,
    "reading": """
        owned_files sources workspace columns markdown_tokens picture_marks placed_pictures inlines
        manuscript fields agreement reading press_plans house_style
    """,
    "typography": """
        microtypography.protection microtypography.habits microtypography.rules microtypography.galley
        microtypography.quotation microtypography localisation typesetting character_map fonts inks
        ink_drawings pictures
        spelling editor.words editor.passages editor.queries editor.names editor.numbers editor.facts
        editor.misspellings editor.projects editor.slips editor.mending editor
    """,
    "arrival": """
        importing.pieces importing.sealed_packages importing.web_page importing.word_inventory importing.word
        importing.markdown_text importing.mail importing.gathering importing.languages importing.file_names
        importing.draft importing.masthead importing.proposals importing.recognition
        importing.markdown_writing importing.draft_files importing.listing importing.accounting
        importing.merging importing
    """,
    "page": """
        figures.drawing figures.eu_emblem figures.budget_bars figures.timeline figures.rings
        figures.projection figures.outlines figures.map_names figures.partner_map figures
        style type_widths closing markup layout composition page_boxes repagination tag_sources press
        page_pictures page_texts mail_contents mail_text mail_page parity
        finishing.carrying finishing.artifacts finishing.structure finishing.tags finishing.claims
        finishing.overprint finishing.sheet finishing.slug finishing
        stream_bounds colour_spaces graphics_state areas type_metrics shown_text painted_objects pdf_content
        plate_pictures plate_shadings plate_operators separation plates
        preflight.subject preflight.claims preflight.standards preflight.boxes preflight.colours
        preflight.fineness preflight.drawing preflight.ink preflight.meanings preflight.type preflight.links
        preflight.accessibility preflight.carriage preflight
        imposition job_ticket deposit calendar_file carried_sources
    """,
    "keeping": """
        cache crews batch archive.safe_paths archive.restoring archive.filings archive.shelf
        archive.index archive.filing archive.verifying archive.alignment archive.rewording
        archive.hidden_parts archive.comparing archive.changed_fields archive.causes archive.marked_pages
        archive.folding archive.page_blocks archive.fact_sheets archive.catalogue archive.searching
        archive.histories
        archive.site_notes archive.site_dress archive.site_look archive.site_search archive.site_lists
        archive.site_feed archive.site archive.site_place archive
    """,
    "delivery": """
        delivery.seals delivery.states delivery.ledger delivery.throttle delivery.courier delivery.retrying
        delivery.smtp_courier delivery.dispatch delivery.mail_headers delivery.messages delivery.signing
        delivery.member_tables delivery.member_rows delivery.members delivery.settings delivery.passwords
        delivery.mail_room delivery.filed_letters delivery.previews delivery.selection delivery.domains
        delivery.delivery_reports delivery.bounces delivery.unsubscribe_page delivery.unsubscribe_server
        delivery
    """,
    "faces": """
        desk.examining desk.printing desk.checking desk.orders desk.made desk.report desk.assets desk.judging
        desk.making desk.building desk.restoring desk.gathering desk.remaking desk.filing desk.rebuilding
        desk.fixing desk.carrying desk.errata desk.starting desk.importing desk.publishing desk.post
        desk.mail_plans desk.mailing desk.sending desk.mail_books desk.schema desk
        wording comparison_report terminal usage calls archive_answers site_commands search_commands
        archive_commands members_commands mail_answers mail_record_commands
        mail_commands import_command commands cli __main__
    """,
}

# Each library has its doors; one that is not named here may not be used.
DOORS: Final = {
    "pydantic": "models.* fields reading typesetting style desk.schema",
    "pydantic_core": "models.* fields",
    "email_validator": "models.values delivery.member_rows",
    "ruamel": "sources",
    "markdown_it": "manuscript importing.markdown_text",
    "mdit_py_plugins": "manuscript importing.markdown_text",
    "babel": "localisation",
    "fontTools": "fonts type_widths finishing.slug",
    "tinycss2": "ink_drawings",
    "PIL": """
        inks pictures page_pictures plate_pictures plate_operators plates preflight.ink archive.comparing
        archive.marked_pages
    """,
    "pyphen": "desk.examining",
    "jinja2": "composition",
    "markupsafe": "composition closing markup archive.site_notes",
    "weasyprint": "press",
    "pypdfium2": "page_pictures page_texts plates",
    "typer": """
        cli calls commands import_command site_commands search_commands archive_commands members_commands
        mail_commands mail_record_commands usage
    """,
    "rich": "terminal",
    "mammoth": "importing.word",
    "merge3": "importing.merging",
    "defusedxml": "importing.sealed_packages",
    "tinyhtml5": "importing.web_page",
    "openpyxl": "delivery.member_tables",
    "css_inline": "mail_page",
    "dkim": "delivery.signing",
    "spylls": "spelling",
    "keyring": "delivery.passwords",
    "dns": "delivery.domains",
    "distributed": "crews",
    "pikepdf": """
        colour_spaces graphics_state type_metrics shown_text painted_objects stream_bounds pdf_content
        plate_pictures plate_shadings plate_operators separation plates finishing.* preflight.* imposition
        archive.restoring archive.hidden_parts archive.comparing
    """,
}

ORDER: Final = {name: level for level, name in enumerate(" ".join(FLOORS.values()).split())}


def floor_of(module: str) -> str:
    return next(floor for floor, names in FLOORS.items() if module in names.split())


def imported(code: str) -> Iterator[tuple[int, str]]:
    """Give every name a module imports, wherever in it, with the line."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written out in full"
            whole = f"{node.module}."
            yield from ((node.lineno, whole + alias.name) for alias in node.names)


def module_named(name: str) -> str | None:
    """Return which of our modules an imported name means: itself, or what lies in it."""
    parts = name.split(".")[1:]
    candidates = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((module for module in candidates if module in ORDER), None)


def has_door(module: str, library: str) -> bool:
    doors = DOORS.get(library, "").split()
    return module in doors or f"{module.split('.', maxsplit=1)[0]}.*" in doors


def faults(module: str, code: str) -> list[str]:
    """Say where a module looks up the stairs, or uses a library by another's door."""
    if module not in ORDER:
        return [f"{module}: enter it in FLOORS of tests/test_floors.py, on the floor where it belongs"]
    found = []
    for line, name in imported(code):
        root = name.split(".")[0]
        if root == "pipeline":
            target = module_named(name)
            if target is None:
                found.append(f"{module}:{line}: {name} is on no floor; enter it in FLOORS")
            elif ORDER[target] >= ORDER[module]:
                here, there = floor_of(module), floor_of(target)
                found.append(f"{module} ({here}):{line}: may not look up to {target} ({there})")
        elif root not in sys.stdlib_module_names and not has_door(module, root):
            doors = DOORS.get(root, "no module; enter it in DOORS")
            found.append(f"{module}:{line}: {root} is imported only by {doors}")
    return found


def modules() -> dict[str, Path]:
    files = {path.relative_to(PACKAGE).with_suffix(""): path for path in PACKAGE.rglob("*.py")}
    named = {".".join(stem.parts).removesuffix(".__init__"): path for stem, path in files.items()}
    named.pop("__init__")
    return named


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_imports_only_from_below(module: str) -> None:
    assert not faults(module, modules()[module].read_text(encoding="utf-8"))


def test_the_package_itself_loads_nothing() -> None:
    assert not list(imported((PACKAGE / "__init__.py").read_text(encoding="utf-8")))


def test_every_name_on_a_floor_is_a_module() -> None:
    assert set(ORDER) == set(modules())


@pytest.mark.parametrize(
    ("module", "code", "fault"),
    [
        ("places", "import pipeline.findings", "places (ground):1: may not look up to findings (ground)"),
        ("style", "from pipeline import press", "style (page):1: may not look up to press (page)"),
        (
            "models.text",
            "def late():\n    from pipeline.reading import read_issue",
            "models.text (ground):2: may not look up to reading (reading)",
        ),
        (
            "cache",
            "if TYPE_CHECKING:\n    from pipeline.desk.building import Order",
            "cache (keeping):2: may not look up to desk.building (faces)",
        ),
        ("reading", "from ruamel.yaml import YAML", "reading:1: ruamel is imported only by sources"),
        ("cli", "import weasyprint.urls", "cli:1: weasyprint is imported only by press"),
        ("press", "import numpy", "press:1: numpy is imported only by no module; enter it in DOORS"),
        ("press", "from pipeline.cellar import wine", "pipeline.cellar.wine is on no floor; enter it"),
        ("attic", "", "attic: enter it in FLOORS of tests/test_floors.py, on the floor where it belongs"),
    ],
)
def test_looking_up_the_stairs_is_seen(module: str, code: str, fault: str) -> None:
    (found,) = faults(module, code)
    assert fault in found


def test_what_lies_below_may_be_used() -> None:
    code = "import babel.dates\nfrom pipeline import microtypography\nfrom pipeline.models.facts import Money"
    assert not faults("localisation", code)


def test_no_page_is_made_with_what_the_lock_leaves_out() -> None:
    """What the lock does not hash may not reach into the bytes of a page."""
    makers = {name for name, path in modules().items() if str(path.relative_to(PACKAGE)) in program_hashes()}
    assert {"press", "composition", "desk.making", "carried_sources"} < makers
    assert not {"archive.filing", "wording", "terminal", "desk.rebuilding"} & makers
    for module in makers:
        named = (module_named(name) for _, name in imported(modules()[module].read_text(encoding="utf-8")))
        assert {name for name in named if name is not None} <= makers, module
