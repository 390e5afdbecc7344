"""Footnotes of HTML, which has no element for them: the target of a link, with a link back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.importing.html.elements import text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BACK: Final = re.compile(r"[↑↩︎\ufe0e\s]*|\[?\d+\]?")
_SIGN: Final = re.compile(r"[\[(]?(?:[ivxlcdm]{1,6}|[IVXLCDM]{1,6}|[^\W\d_]|[*†‡§¶]{1,4})[\])]?[.:]?")
"""What a note is numbered with besides figures, as endnotes of office programs are."""


class HtmlNotes(NamedTuple):
    """The footnotes of a page.

    Args:
        labels: The label of each, from 1 in the order of its first reference, by the target of its links.
        bodies: The element of each, likewise.
        references: Where the links back lead: the names of the references.
    """

    labels: dict[str, str]
    bodies: dict[str, Element]
    references: set[str]

    def is_back_link(self, link: Element) -> bool:
        """Return whether a link leads from a note back to its reference, and is no word of the note."""
        target = link.get("href", "")
        if not self.labels or not target.startswith("#"):
            return False
        words = text_of(link).strip()
        return bool(_BACK.fullmatch(words) or (target[1:] in self.references and _SIGN.fullmatch(words)))


def find_notes(root: Element) -> HtmlNotes:
    """Find the footnotes of a page.

    Args:
        root: The root of the page.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    by_id = {e.get("id") or e.get("name"): e for e in root.iter() if e.get("id") or e.get("name")}
    order = {element: at for at, element in enumerate(root.iter())}
    notes = HtmlNotes({}, {}, set())
    links_in_notes: dict[Element, tuple[set[str], set[Element]]] = {}
    for reference in root.iter("a"):
        target = reference.get("href", "")
        body = _note_element(by_id.get(target[1:]), parents) if target.startswith("#") else None
        # A link back leads to a paragraph before it, which would else be taken for a note.
        if body is None or order[body] < order[reference]:
            continue
        if body not in links_in_notes:
            links_in_notes[body] = ({a.get("href", "")[1:] for a in body.iter("a")}, set(body.iter()))
        backs, within = links_in_notes[body]
        beside = (reference, parents.get(reference), *reference)
        ids = {e.get("id") or e.get("name") for e in beside if e is not None}
        if ids & backs and reference not in within and target not in notes.labels:
            notes.labels[target] = str(len(notes.labels) + 1)
            notes.bodies[target] = body
            notes.references.update(name for name in ids & backs if name)
    return notes


def _note_element(element: Element | None, parents: dict[Element, Element]) -> Element | None:
    """Return the element of a whole note, of which the target may be only the first word."""
    while element is not None and element.tag in {"a", "sup", "span", "b"}:
        element = parents.get(element)
    return element if element is not None and element.tag in {"li", "p", "div", "aside", "dd"} else None
