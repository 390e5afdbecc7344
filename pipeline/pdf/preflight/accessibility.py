"""Whether a file is accessible: its language, its title, and the tree of its tags (ISO 14289-1, 7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.pdf.preflight.checked_pdf import gathered
from pipeline.pdf.preflight.tags.elements import STANDARD, TagTree, mapping_faults
from pipeline.pdf.preflight.tags.tables import table_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.pdf.preflight.checked_pdf import CheckedPage, CheckedPdf
    from pipeline.pdf.preflight.tags.elements import Element

_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
"""A language tag (RFC 3066, 2.1, which ISO 14289-1 and 32000-1 name)."""

_HEADING: Final = re.compile(r"H([1-6])")


def document_findings(checked: CheckedPdf) -> Iterator[Finding]:
    """Check that a file is tagged, and shows its title."""
    root = checked.pdf.Root
    marks: Any = root.get("/MarkInfo")
    if _tree(checked) is None or not (isinstance(marks, pikepdf.Dictionary) and marks.get("/Marked", False)):
        yield found("E150", None)
    preferences: Any = root.get("/ViewerPreferences")
    if not (isinstance(preferences, pikepdf.Dictionary) and preferences.get("/DisplayDocTitle", False)):
        yield found("E152", None)


def tags_of(checked: CheckedPdf) -> list[Element]:
    """Return the elements of a file's tags, in reading order; none where it has no tags."""
    tree = _tree(checked)
    if tree is None:
        return []
    pages = {page.obj.objgen: number for number, page in enumerate(checked.pdf.pages, 1)}
    return TagTree(tree, pages).elements


def marking_findings(page: CheckedPage) -> Iterator[Finding]:
    """Find objects of a page that are neither tagged nor artifacts (7.1)."""
    yield from gathered(page, "E156", [thing.area for thing in page.seen if not thing.is_marked])


def role_findings(checked: CheckedPdf, elements: list[Element]) -> Iterator[Finding]:
    """Find types of tags that stand for no standard one, and standard ones that stand for another (7.1)."""
    tree = _tree(checked)
    if tree is None:
        return
    used = {str(element.dictionary.S)[1:] for element in elements}
    wrong = {name: role for name, role in mapping_faults(tree) if name in used}
    for name, role in wrong.items():
        yield found("E159", None, name=name[:60], role=role[:60])
    for element in elements:
        if element.role not in STANDARD and not wrong.keys() & {element.role, str(element.dictionary.S)[1:]}:
            wrong[element.role] = "–"
            yield found("E159", None, page=element.page, name=element.role[:60], role="–")


def element_findings(elements: list[Element]) -> Iterator[Finding]:
    """Check pictures, headings and tables (7.3 to 7.5)."""
    level = 0
    for element in elements:
        dictionary = element.dictionary
        # An empty replacement text says that nothing is to be read; an empty alternative says nothing.
        if (
            element.role == "Figure"
            and not str(dictionary.get("/Alt", ""))
            and "/ActualText" not in dictionary
        ):
            yield found("E153", None, page=element.page)
        if heading := _HEADING.fullmatch(element.role):
            deeper = int(heading[1])
            if deeper > level + 1:
                before = f"H{level}" if level else "–"
                yield found("E154", None, page=element.page, found=element.role, before=before)
            level = deeper
        if element.role == "Table":
            yield from table_findings(element)


def language_findings(checked: CheckedPdf, elements: list[Element]) -> Iterator[Finding]:
    """Find a file whose words are in no known language, and languages that no reader knows (7.2)."""
    own = str(checked.pdf.Root.get("/Lang", ""))
    if not own and not (elements and all(_is_in_a_language(each) for each in elements if each.has_content)):
        yield found("E151", None)
    named = dict.fromkeys(
        [
            *([own] if own else []),
            *(str(each.dictionary.Lang) for each in elements if "/Lang" in each.dictionary),
        ]
    )
    # An empty one says that the language is not known, which is allowed (ISO 32000-1, 14.9.2.1).
    for language in named:
        if language and not _LANGUAGE.fullmatch(language):
            yield found("E145", None, found=language[:40])


def _is_in_a_language(element: Element) -> bool:
    holder: Element | None = element
    while holder is not None:
        if str(holder.dictionary.get("/Lang", "")):
            return True
        holder = holder.parent
    return False


def note_findings(elements: list[Element]) -> Iterator[Finding]:
    """Find notes without an identifier, or with that of another (7.9)."""
    known: set[bytes] = set()
    nameless = []
    for element in elements:
        if element.role == "Note":
            identifier = bytes(element.dictionary.get("/ID", b""))
            if not identifier or identifier in known:
                nameless.append(element.page)
            known.add(identifier)
    if nameless:
        yield found("E146", None, page=nameless[0], count=len(nameless))


def _tree(checked: CheckedPdf) -> Any:
    """Return the root of a file's tags, or None."""
    tree: Any = checked.pdf.Root.get("/StructTreeRoot")
    return tree if isinstance(tree, pikepdf.Dictionary) else None
