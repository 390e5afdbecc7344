"""The type of each tag, and its shape: lists, tables, contents and links as readers expect them (14.8.4)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pikepdf

from pipeline.pdf.finishing.structure import Marked, Node, Reference

Kid = Node | Marked | Reference


_ROLES: Final = {
    "section": "Sect",
    "article": "Art",
    "nav": "Sect",
    "aside": "Aside",
    "footer": "Sect",
    "figure": "Div",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "img": "Figure",
    "svg": "Figure",
    "a": "Link",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "li::marker": "Lbl",
    "em": "Em",
    "strong": "Strong",
    "code": "Code",
}


_HEADING: Final = re.compile(r"h[1-6]")


def standard_role(node: Node) -> str | None:
    """Return the type that a tag's element has in PDF (14.8.4), or None where it has none."""
    if _HEADING.fullmatch(node.tag):
        return node.tag.upper()
    if node.tag == "span::footnote-call":
        return "Reference"
    if node.tag == "span::footnote-marker":
        return "Lbl"
    if node.tag == "span" and "note" in node.classes:
        return "Note"
    return _ROLES.get(node.tag)


def _shape_list(node: Node) -> None:
    """Leave only items in a list: a nested list is moved into the item before it."""
    items: list[Kid] = []
    for kid in node.kids:
        before = items[-1] if items else None
        if isinstance(kid, Node) and kid.role == "L" and isinstance(before, Node) and before.nodes:
            before.nodes[-1].kids.append(kid)
        else:
            items.append(kid)
    node.kids = items
    numbering = "/Decimal" if node.tag == "ol" else "/Disc" if node.tag == "ul" else "/None"
    node.attributes["/A"] = pikepdf.Dictionary(O=pikepdf.Name.List, ListNumbering=pikepdf.Name(numbering))


def _shape_item(node: Node) -> None:
    labels = [kid for kid in node.kids if isinstance(kid, Node) and kid.role == "Lbl"]
    body = Node("LBody", page=node.page, kids=[kid for kid in node.kids if kid not in labels])
    node.kids = [*labels, body]


def _shape_terms(node: Node) -> None:
    """Put each term and its description into a list item."""
    items: list[Node] = []
    for kid in node.nodes:
        if kid.role == "Lbl" or not items:
            items.append(Node("LI", page=kid.page))
        items[-1].kids.append(kid)
    node.kids = list(items)
    _shape_list(node)


def _shape_contents(node: Node) -> None:
    """Turn the list in a `nav` element into a table of contents."""
    for part in node.nodes:
        if part.role != "L":
            continue
        part.role = "TOC"
        part.attributes.pop("/A", None)
        for item in part.nodes:
            item.role = "TOCI"
            item.kids = [
                kid for body in item.nodes for kid in (body.kids if body.role == "LBody" else [body])
            ]
            item.kids = [_referred(kid) for kid in item.kids]


def _referred(kid: Kid) -> Kid:
    is_link = isinstance(kid, Node) and kid.role == "Link"
    return Node("Reference", page=kid.page, kids=[kid]) if is_link else kid


def _shape_link(node: Node) -> None:
    """Wrap the link of a repeated note reference in a `Reference`."""
    if "again" in node.classes:
        inner = replace(node, role="Link", attributes=dict(node.attributes))
        node.role, node.kids, node.attributes = "Reference", [inner], {}


def _shape_table(node: Node) -> None:
    captions = [kid for kid in node.nodes if kid.role == "Caption"]
    node.kids = [*captions, *(kid for kid in node.kids if kid not in captions)]


def _shape_cell(node: Node) -> None:
    """Keep the spans of a cell, and set the scope of a header cell, which screen readers need."""
    before = node.attributes.pop("/A", None)
    attributes = pikepdf.Dictionary(O=pikepdf.Name.Table)
    for name in ("/ColSpan", "/RowSpan"):
        if before is not None and name in before:
            attributes[name] = before[name]
    if node.role == "TH":
        is_row = node.source.get("scope") == "row"
        attributes.Scope = pikepdf.Name.Row if is_row else pikepdf.Name.Column
    if len(attributes) > 1:
        node.attributes["/A"] = attributes


SHAPES: Final = {
    "ul": _shape_list,
    "ol": _shape_list,
    "dl": _shape_terms,
    "li": _shape_item,
    "nav": _shape_contents,
    "a": _shape_link,
    "table": _shape_table,
    "th": _shape_cell,
    "td": _shape_cell,
}
"""What shapes the tags of an element, by its name."""
