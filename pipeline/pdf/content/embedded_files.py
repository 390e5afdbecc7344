"""Files embedded in a PDF (ISO 32000-2, 7.11.4), found in any file however broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST: Final = 32
"""Levels of the name tree: one of so many holds more names than there are atoms."""


def embedded_files(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Yield the name and the file specification of each embedded file, in the order of the name tree.

    Names may repeat in a file that was tampered with.

    Args:
        pdf: The file.

    Raises:
        Exception: One of `BROKEN_PDF_ERRORS`, where an entry is not what the standard says.
    """
    names: Any = pdf.Root.get("/Names")
    tree: Any = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    if isinstance(tree, pikepdf.Dictionary):
        yield from _entries(tree, 0, set())


def _entries(node: Any, depth: int, seen: set[tuple[int, int]]) -> Iterator[tuple[str, Any]]:
    # A tree that holds a node twice would be without end, or nearly so.
    if depth > _DEEPEST or (node.is_indirect and node.objgen in seen):
        return
    seen.add(node.objgen)
    entries: Any = node.get("/Names", [])
    for at in range(1, len(entries), 2):
        if isinstance(specification := entries[at], pikepdf.Dictionary):
            yield str(specification.get("/UF", specification.get("/F", ""))), specification
    for kid in node.get("/Kids", []):
        yield from _entries(kid, depth + 1, seen)
