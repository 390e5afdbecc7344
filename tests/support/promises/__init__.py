"""The page of promises, docs/promises.md: what the program promises, and which test holds each promise.

It is written from the tests themselves, so it promises nothing that no test holds: the first sentence of a
test module is the promise, the names of its tests are the particulars. `python -m tests.support.promises`
renews it.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[3]
PAGE: Final = ROOT / "docs" / "promises.md"

CHAPTERS: Final = {
    "Files of colleagues become a draft": ("importing",),
    "The files of an issue are read, and every fault is told": (
        "reading",
        "files",
        "models",
        "test_bad_issues.py",
    ),
    "What is said to the officer": ("findings",),
    "Articles are edited without losing anything": ("editor/writing",),
    "Articles are written in the browser": ("studio/editor",),
    "The studio: made by who only knows Word, and safe on any machine": ("studio",),
    "Hostile files, full disks and kills harm nothing": ("hostile",),
    "Spelling and the editor's queries": ("editor",),
    "Typography": ("typography",),
    "How pages look": ("page",),
    "Pages are laid out": ("page/engine",),
    "Nothing of the files is lost on the pages": ("pdf/law", "test_shipped_pdfs.py"),
    "PDFs for the screen, the print shop and the archive": (
        "pdf",
        "standards/test_verapdf.py",
        "standards/test_archive_edition.py",
        "standards/test_press_edition.py",
        "standards/test_beside_verapdf.py",
        "standards/test_bulletins.py",
        "standards/test_one_ink.py",
    ),
    "The e-mail": ("mail_edition", "html_checks", "standards/test_mail_in_browser.py"),
    "Members are written to once, and never against their will": (
        "delivery",
        "standards/test_mail_load.py",
        "desk/mail",
        "desk/test_mail_folder.py",
        "desk/test_mail_settings.py",
        "desk/test_resuming.py",
        "desk/test_sending.py",
        "cli/test_mail_commands.py",
    ),
    "The archive, its search and its site": (
        "archive",
        "standards/test_site_in_browser.py",
        "desk/test_rebuilding.py",
        "test_old_archives.py",
    ),
    "The commands, and the program used from Python": ("cli", "desk", "test_api.py"),
    "What was published stays as it was": ("test_frozen.py", "test_golden.py", "test_golden_bulletin.py"),
    "The program as a piece of work": (
        "test_floors.py",
        "test_house.py",
        "bench",
        "support",
        "findings/test_catalogues.py",
    ),
}
"""The chapters of the page, each with folders and modules of `tests/`; the longest name that fits decides."""

_OPENING: Final = """\
# What is promised, and which test holds it

For whoever wants to know what the program can be relied on for. Every line of the tables is the first
sentence of a module of tests; below each table are the particulars, each the name of one test. `make test`
holds all of them. This page is written by `python -m tests.support.promises`, and a test checks that it is
current.
"""
_PROVED: Final = """\
## Proved and measured by commands of their own

What takes minutes or hours, or measures speed, is not among the tests: `make proofs` and `make bench` run
most of it.

| what | command |
|---|---|"""

_WRITTEN: Final = """
    PDF PDFs HTML CSS SVG SVGs YAML JSON XML DKIM SMTP TLS DSN DNS URL URLs CMYK RGB sRGB ICC ISSN
    API BOM CRLF ASCII Unicode Markdown Outlook Gmail Bulgarian Bulgaria English Cyrillic Latin
    Greek German Roman Arabic Europe Ghostscript veraPDF WeasyPrint Pango HarfBuzz Babel Hunspell
    Atom HEIC EXIF GPS DTD ZIP PNG JPEG Excel CSV Windows Dask OpenDocument LibreOffice Postfix
"""
_NAMES: Final = {name.lower(): name for name in _WRITTEN.split()} | {"utf8": "UTF-8", "utf16": "UTF-16"}


class Module(NamedTuple):
    """A module of tests.

    Args:
        path: The module, from `tests/`.
        promise: The first sentence of its docstring.
        tests: Its tests' names, readable, in its order.
    """

    path: str
    promise: str
    tests: tuple[str, ...]


def modules(tests: Path = ROOT / "tests") -> list[Module]:
    """Return every module of tests, in order.

    Raises:
        ValueError: One has no docstring, so nobody knows what it promises.
    """
    return [_module(path, tests) for path in sorted(tests.rglob("test_*.py"))]


def _module(path: Path, tests: Path) -> Module:
    tree = ast.parse(path.read_bytes())
    told = ast.get_docstring(tree)
    name = path.relative_to(tests).as_posix()
    if not told:
        message = f"tests/{name} has no docstring: say in a sentence what it promises"
        raise ValueError(message)
    return Module(name, _promise(told), tuple(_tests(tree)))


def _tests(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield readable(node.name.removeprefix("test_"))
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            about = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name.removeprefix("Test")).lower()
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.name.startswith("test_"):
                    yield f"{readable(about)}: {readable(inner.name.removeprefix('test_'), first=False)}"


def readable(name: str, *, first: bool = True) -> str:
    """Return a test's name as a sentence: with spaces, and names as they are written.

    Args:
        name: The name, without `test_`.
        first: Whether it begins a sentence.
    """
    words = [_NAMES.get(word, word) for word in name.split("_")]
    if first and words[0] not in _NAMES.values():
        words[0] = words[0].capitalize()
    return " ".join(words)


def _promise(told: str) -> str:
    """Return what a docstring promises: its first paragraph, without the command that some name after it."""
    whole = " ".join(told.partition("\n\n")[0].split())
    return re.sub(r"[;:] `python -m [^`]*`[^.;]*(?=[.;]|$)", "", whole).rstrip(".")


def chapter_of(path: str) -> str:
    """Return the chapter a module of tests belongs to.

    Raises:
        ValueError: None is named for it.
    """
    fits = {
        len(name): chapter
        for chapter, names in CHAPTERS.items()
        for name in names
        if path == name or path.startswith(f"{name}/")
    }
    if not fits:
        message = (
            f"tests/{path} belongs to no chapter of docs/promises.md: name one in tests/support/promises"
        )
        raise ValueError(message)
    return fits[max(fits)]


def page() -> str:
    """Return the page as Markdown."""
    known = modules()
    parts = [_OPENING]
    for chapter in CHAPTERS:
        own = [module for module in known if chapter_of(module.path) == chapter]
        parts.append(f"## {chapter}\n\n| what is promised | held by | tests |\n|---|---|---|")
        parts += [_row(module) for module in own]
        parts.append("\n<details><summary>Particulars</summary>\n")
        for module in own:
            parts.append(f"`{_short(module.path)}`\n")
            parts += [f"- {_escaped(test)}" for test in module.tests]
            parts.append("")
        parts.append("</details>\n")
    parts.append(_PROVED)
    parts += [f"| {_escaped(what)} | `{command}` |" for what, command in _commands()]
    return "\n".join(parts) + "\n"


def _row(module: Module) -> str:
    held_by = f"[`{_short(module.path)}`](../tests/{module.path})"
    return f"| {_escaped(module.promise)} | {held_by} | {len(module.tests)} |"


def _commands() -> Iterator[tuple[str, str]]:
    """Yield what the commands of `tests/bench` do, with the command."""
    bench = ROOT / "tests" / "bench"
    for path in sorted([*bench.glob("*.py"), *bench.glob("*/__main__.py")]):
        told = ast.get_docstring(ast.parse(path.read_bytes())) or ""
        name = path.relative_to(ROOT).with_suffix("").as_posix().removesuffix("/__main__").replace("/", ".")
        if command := re.search(rf"`(python -m {re.escape(name)}(?: [^`]*)?)`", told):
            yield (
                told.partition("\n\n")[0].partition(": `python")[0].replace("\n", " ").rstrip("."),
                command[1],
            )


def _short(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".py")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
