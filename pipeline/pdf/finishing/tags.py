"""The structure tree rebuilt in reading order, with standard types, for screen readers.

The layout engine tags every box, splits elements at page ends, and knows few HTML elements. Here the tree is
read, the boxes of each element are joined and given their type (ISO 32000-1, 14.8.4), and the tree is written
again. Content without a tag – running heads, folios, ornaments, the repeated head of a table – becomes an
artifact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from pipeline.pdf.finishing.artifacts import unmark
from pipeline.pdf.finishing.structure import Node, Reference, read_tree, write_tree
from pipeline.pdf.finishing.tag_shapes import SHAPES, Kid, standard_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OWN_ROLES: Final = {"Aside": "Sect", "Em": "Span", "Strong": "Span"}
"""Types of PDF 2.0 that are more precise, and what they stand for in PDF 1.7."""

_SILENT: Final = frozenset({"ornament", "track", "peg", "break"})
"""Classes of what is decoration."""

_REPEATED: Final = frozenset({"thead", "tfoot"})
_MAY_BE_EMPTY: Final = frozenset({"TH", "TD"})
_BLOCKS: Final = frozenset({"div", "header", "main"})
_POINTS_A_PIXEL: Final = 0.75


class NoteWords(NamedTuple):
    """The descriptions of the links of notes.

    Args:
        there: From the text to the note.
        back: From the note to the text.
    """

    there: str
    back: str


def mend_tags(pdf: pikepdf.Pdf, notes: NoteWords) -> None:
    """Rebuild the structure tree of a PDF.

    Args:
        pdf: As the layout engine wrote it, each tag with its source.
        notes: How links to notes and back are described.
    """
    root = read_tree(pdf)
    root.kids = _whole(root.kids, {}, frozenset())
    language = str(pdf.Root.get("/Lang", ""))
    root.kids = _shaped_all(root.kids, language)
    root.role = "Document"
    _place_cards(root)
    _place_notes(root, pdf, notes)
    _drop_links_within_links(root, pdf)
    _give_boxes(root, pdf)
    _drop_empty(root)
    write_tree(pdf, root, OWN_ROLES)
    unmark(pdf, set(root.marks()))


def _whole(kids: Iterable[Kid], seen: dict[tuple[Any, Any], Node], within: frozenset[Any]) -> list[Kid]:
    """Join the tags of one element: boxes within boxes, and its parts on several pages."""
    whole: list[Kid] = []
    for kid in kids:
        if not isinstance(kid, Node):
            whole.append(kid)
            continue
        key = (kid.source.get("number"), kid.source.get("pseudo"))
        if key[0] is None or key in within:
            whole += _whole(kid.kids, seen, within)
        elif key in seen:
            # The head of a table is repeated on every page, and read once.
            if kid.tag not in _REPEATED:
                seen[key].kids += _whole(kid.kids, seen, within | {key})
        else:
            seen[key] = kid
            kid.kids = _whole(kid.kids, seen, within | {key})
            whole.append(kid)
    return whole


def _shaped_all(kids: Iterable[Kid], language: str) -> list[Kid]:
    shaped: list[Kid] = []
    for kid in kids:
        shaped += _shaped(kid, language) if isinstance(kid, Node) else [kid]
    return shaped


def _shaped(node: Node, language: str) -> list[Kid]:
    """Return a tag with its standard type, or its children if its element has no meaning."""
    if node.classes & _SILENT:
        return []
    own_language = node.source.get("lang", language)
    node.kids = _shaped_all(node.kids, own_language)
    if own_language != language:
        node.attributes["/Lang"] = pikepdf.String(own_language)
    role = standard_role(node)
    if role is None and "numeral" in node.classes:
        role = "Span"
        node.attributes["/ActualText"] = pikepdf.String(node.source.get("data-said", ""))
    if role is None and own_language != language:
        role = "Div" if node.tag in _BLOCKS else "Span"
    if role is None:
        return node.kids
    node.role = role
    shape = SHAPES.get(node.tag)
    if shape is not None:
        shape(node)
    return [node]


def _parents(root: Node) -> Iterator[tuple[Node, Node]]:
    for node in root.walk():
        for kid in node.nodes:
            yield node, kid


def _place_cards(root: Node) -> None:
    """Move each card behind the head of its article, whatever its place on the page."""
    articles = {node.source.get("id"): node for node in root.walk() if node.role == "Art"}
    for parent, card in list(_parents(root)):
        if card.role != "Aside" or "data-article" not in card.source:
            continue
        article = articles.get(card.source["data-article"])
        if article is None:
            continue
        parent.kids.remove(card)
        heads = [at for at, kid in enumerate(article.kids) if isinstance(kid, Node) and kid.role == "H3"]
        article.kids.insert(heads[0] + 1 if heads else 0, card)


def _place_notes(root: Node, pdf: pikepdf.Pdf, words: NoteWords) -> None:
    """Move each note behind its reference, with links between the two."""
    references = {
        node.source["number"]: (parent, node) for parent, node in _parents(root) if _is_note_reference(node)
    }
    for parent, note in list(_parents(root)):
        if note.role != "Note" or note.source["number"] not in references:
            continue
        holder, reference = references[note.source["number"]]
        parent.kids.remove(note)
        holder.kids.insert(holder.kids.index(reference) + 1, note)
        note.attributes["/ID"] = pikepdf.String(note.source.get("id", f"note-{note.source['number']}"))
        labels = [kid for kid in note.nodes if kid.role == "Lbl" and "area" in kid.source]
        for label in labels[:1]:
            _link(reference, label, words.there, pdf)
            _link(label, reference, words.back, pdf)


def _is_note_reference(node: Node) -> bool:
    return node.tag == "span::footnote-call"


def _link(node: Node, target: Node, words: str, pdf: pikepdf.Pdf) -> None:
    """Add a link annotation from a tag's place on the page to another's (12.5.6.5)."""
    page, aim = pdf.pages[node.page], pdf.pages[target.page]
    left, bottom, _, top = _area(target, aim)
    annotation = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=pikepdf.Array(_area(node, page)),
            Border=[0, 0, 0],
            F=4,
            P=page.obj,
            Contents=pikepdf.String(words),
            Dest=pikepdf.Array([aim.obj, pikepdf.Name.XYZ, left, round(top + (top - bottom), 3), 0]),
        )
    )
    if "/Annots" not in page.obj:
        page.obj["/Annots"] = pikepdf.Array()
    page.obj.Annots.append(annotation)
    node.kids = [Node("Link", page=node.page, kids=[Reference(annotation, node.page), *node.kids])]


def _drop_links_within_links(root: Node, pdf: pikepdf.Pdf) -> None:
    """Keep one annotation where the engine writes a second one for an element within the link."""
    for node in root.walk():
        links = [kid for kid in node.kids if isinstance(kid, Reference)]
        if node.role != "Link" or len(links) < 2:  # noqa: PLR2004 - one lies upon no other
            continue
        for link in links[1:]:
            if any(_lies_in(link, other) for other in links[: links.index(link)]):
                node.kids.remove(link)
                notes = pdf.pages[link.page].obj.Annots
                del notes[[note.objgen for note in notes].index(link.annotation.objgen)]


def _lies_in(inner: Reference, outer: Reference) -> bool:
    if inner.page != outer.page:
        return False
    small = [float(side) for side in inner.annotation.Rect]
    large = [float(side) for side in outer.annotation.Rect]
    return (
        min(large[0], large[2]) - 1 <= min(small[0], small[2])
        and max(small[0], small[2]) <= max(large[0], large[2]) + 1
        and min(large[1], large[3]) - 1 <= min(small[1], small[3])
        and max(small[1], small[3]) <= max(large[1], large[3]) + 1
    )


def _area(node: Node, page: pikepdf.Page) -> list[float]:
    """Return the area of a tag, in points from the page's lower left corner: left, bottom, right, top."""
    left, top, width, height = node.source["area"]
    paper = float(page.trimbox[3])
    points = (left, top + height, left + width, top)
    x1, y1, x2, y2 = (round(pixels * _POINTS_A_PIXEL, 3) for pixels in points)
    return [x1, round(paper - y1, 3), x2, round(paper - y2, 3)]


def _give_boxes(root: Node, pdf: pikepdf.Pdf) -> None:
    """Set the bounding box of each figure, in points from the page's corner (14.8.5.4.3)."""
    for node in root.walk():
        if node.role == "Figure" and "area" in node.source:
            box = _area(node, pdf.pages[node.page])
            node.attributes["/A"] = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=pikepdf.Array(box))


def _drop_empty(node: Node) -> None:
    for kid in node.nodes:
        _drop_empty(kid)
    node.kids = [
        kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.role in _MAY_BE_EMPTY
    ]
