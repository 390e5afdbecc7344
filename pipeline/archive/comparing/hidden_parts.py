"""Parts of a PDF that no page shows: title, language, link targets, alternative texts, tags."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST: Final = 200
"""Levels of tags or bookmarks; deeper ones nobody writes."""


def hidden_parts(pdf: bytes) -> dict[str, tuple[str, ...]]:
    """Return the parts that no page shows, by name, in the order of the file.

    Args:
        pdf: The file.

    Returns:
        `title`, `language`, `links`, `bookmarks`, `alternatives` (ISO 32000-1, 14.9.3) and `tags`
        (14.7.2): the type of each structure element.

    Raises:
        PikepdfError: The file cannot be read.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root
        elements = list(_elements(root.get("/StructTreeRoot")))
        return {
            "title": (str(opened.docinfo.get("/Title", "")),),
            "language": (str(root.get("/Lang", "")),),
            "links": tuple(_links(opened)),
            "bookmarks": tuple(_bookmarks(root.get("/Outlines"))),
            "alternatives": tuple(str(element["/Alt"]) for element in elements if "/Alt" in element),
            "tags": tuple(str(element.get("/S", "")).lstrip("/") for element in elements),
        }


def _elements(tree: Any) -> Iterator[Any]:
    pending: list[tuple[Any, int]] = [(tree, 0)]
    while pending:
        node, depth = pending.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > DEEPEST:
            continue
        if "/S" in node and "/K" in node:
            yield node
        kids: Any = node.get("/K", [])
        listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        pending += [(kid, depth + 1) for kid in reversed(listed)]


def _links(opened: pikepdf.Pdf) -> Iterator[str]:
    for page in opened.pages:
        for link in page.obj.get("/Annots", []):
            action = link.get("/A")
            if isinstance(action, pikepdf.Dictionary) and "/URI" in action:
                yield str(action["/URI"])
            else:
                target = link.get("/Dest", action.get("/D") if isinstance(action, pikepdf.Dictionary) else "")
                yield f"#{target}" if isinstance(target, (pikepdf.String, pikepdf.Name)) else "#"


def _bookmarks(outlines: Any) -> Iterator[str]:
    pending: list[tuple[Any, int]] = [(outlines, 0)]
    seen = 0
    while pending and seen < 10_000:  # noqa: PLR2004 - a circle has no end
        node, depth = pending.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > DEEPEST:
            continue
        seen += 1
        if "/Title" in node:
            yield str(node["/Title"])
        pending += [(node.get("/Next"), depth), (node.get("/First"), depth + 1)]
