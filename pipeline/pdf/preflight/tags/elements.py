"""The elements of a structure tree, in reading order, with their standard types (ISO 32000-2, 14.7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST: Final = 200
_MOST_ELEMENTS: Final = 500_000
_MOST_STEPS: Final = 8

_GROUPS: Final = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
_BLOCKS: Final = "H H1 H2 H3 H4 H5 H6 P L LI Lbl LBody Table TR TH TD THead TBody TFoot"
_WITHIN_LINES: Final = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP"
STANDARD: Final = frozenset(f"{_GROUPS} {_BLOCKS} {_WITHIN_LINES} Figure Formula Form".split())
"""The standard types of PDF 1.7 (ISO 32000-1, 14.8.4), on which PDF/UA-1 and PDF/A-2 and -3 are built."""


class Element:
    """An element of the structure tree.

    Args:
        role: Its standard type; its own where that is mapped to none.
        dictionary: As it is in the file.
        page: The page it begins on, or 0.
        parent: The element it lies in; None at the root.
    """

    __slots__ = ("children", "dictionary", "has_content", "page", "parent", "role")

    def __init__(self, role: str, dictionary: Any, page: int, parent: Element | None) -> None:
        """Keep what is known; children follow."""
        self.role = role
        self.dictionary = dictionary
        self.page = page
        self.parent = parent
        self.children: list[Element] = []
        self.has_content = False
        """Whether marked content or an object of a page belongs to it directly."""


class TagTree:
    """The tree of tags of a file.

    Args:
        tree: Its StructTreeRoot.
        pages: The number of each page, by its object.
    """

    def __init__(self, tree: Any, pages: dict[tuple[int, int], int]) -> None:
        """Read all elements."""
        self._roles: Any = tree.get("/RoleMap", pikepdf.Dictionary())
        self._pages = pages
        self._seen: set[tuple[int, int]] = set()
        self.elements: list[Element] = []
        self._walk(tree.get("/K", pikepdf.Array([])), None, 0, 0)

    def _walk(self, kids: Any, parent: Element | None, page: int, depth: int) -> None:
        if depth > DEEPEST:
            return
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if len(self.elements) > _MOST_ELEMENTS:
                return
            if not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid:
                if parent is not None and kid is not None:
                    parent.has_content = True
                continue
            if kid.is_indirect and kid.objgen in self._seen:
                continue
            self._seen.add(kid.objgen)
            holder: Any = kid.get("/Pg")
            own_page = (
                self._pages.get(holder.objgen, page) if isinstance(holder, pikepdf.Dictionary) else page
            )
            element = Element(self._standard_role(str(kid.S)), kid, own_page, parent)
            self.elements.append(element)
            if parent is not None:
                parent.children.append(element)
            if "/K" in kid:
                self._walk(kid.K, element, own_page, depth + 1)

    def _standard_role(self, role: str) -> str:
        for _ in range(_MOST_STEPS):
            if not isinstance(self._roles, pikepdf.Dictionary) or role not in self._roles:
                break
            role = str(self._roles[role])
        return role.removeprefix("/")


def mapping_faults(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield the entries of a role map that are not allowed (ISO 14289-1, 7.1): name, and what is wrong.

    Args:
        tree: The StructTreeRoot.
    """
    roles: Any = tree.get("/RoleMap")
    if not isinstance(roles, pikepdf.Dictionary):
        return
    mapped = {str(name)[1:]: str(role).removeprefix("/") for name, role in roles.items()}
    for name, role in mapped.items():
        if name in STANDARD:
            if role != name:
                yield name, role
            continue
        steps = [name]
        while steps[-1] in mapped and steps[-1] not in STANDARD and mapped[steps[-1]] not in steps:
            steps.append(mapped[steps[-1]])
        if steps[-1] in mapped and steps[-1] not in STANDARD:
            yield name, mapped[steps[-1]]
