"""The structure tree of a PDF, read as nodes, changed and written again (ISO 32000-2, 14.7 and 14.8)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from pipeline.page.engine.patches.tag_sources import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOURCE: Final = f"/{KEY}"


class Marked(NamedTuple):
    """A marked-content sequence: the page from 0, and its marked-content identifier (MCID)."""

    page: int
    number: int


class Reference(NamedTuple):
    """An annotation that belongs to a tag, and its page from 0."""

    annotation: Any
    page: int


@dataclass
class Node:
    """A tag.

    Args:
        role: Its type, without the slash.
        source: Its HTML element: tag, pseudo-element, number, class, language.
        kids: Its children, in reading order.
        attributes: Further entries, by name with the slash.
        page: The page it begins on, from 0.
    """

    role: str
    source: dict[str, Any] = field(default_factory=dict)
    kids: list[Node | Marked | Reference] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    page: int = 0

    @property
    def tag(self) -> str:
        """The name of its element, with its pseudo-element: `p`, `li::marker`."""
        pseudo = self.source.get("pseudo")
        return f"{self.source.get('tag', '')}::{pseudo}" if pseudo else str(self.source.get("tag", ""))

    @property
    def classes(self) -> frozenset[str]:
        """The classes of its element."""
        return frozenset(self.source.get("class", "").split())

    @property
    def nodes(self) -> list[Node]:
        """Its direct child tags."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator[Node]:
        """Yield it and every tag below it, in reading order."""
        yield self
        for kid in self.nodes:
            yield from kid.walk()

    def marks(self) -> Iterator[Marked]:
        """Yield its marked content, at any depth."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.marks()
            elif isinstance(kid, Marked):
                yield kid


def read_tree(pdf: pikepdf.Pdf) -> Node:
    """Return the tree as the layout engine wrote it, without tags that only wrap a text."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    root = Node("Document")
    for element in pdf.Root.StructTreeRoot.K:
        root.kids += _read(element, pages, 0)
    # The engine's document element comes from no element of the page.
    return root.nodes[0] if len(root.kids) == 1 and root.nodes else root


def _read(element: Any, pages: dict[tuple[int, int], int], page: int) -> list[Node | Marked | Reference]:
    if "/Pg" in element:
        page = pages[element.Pg.objgen]
    role = str(element.S)[1:]
    source = json.loads(str(element.get(_SOURCE, "{}")))
    node = Node(role, source, page=page)
    for name in ("/Alt", "/A"):
        if name in element:
            node.attributes[name] = element[name]
    kids: Any = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            node.kids.append(Marked(page, kid))
        elif kid.get("/Type") == "/OBJR":
            node.kids.append(Reference(kid.Obj, pages[kid.Pg.objgen]))
        else:
            node.kids += _read(kid, pages, page)
    if role == "Document":
        return [node]
    return [node] if _SOURCE in element else node.kids


def write_tree(pdf: pikepdf.Pdf, root: Node, roles: dict[str, str]) -> None:
    """Write a tree in place of the one a PDF has, with the parent tree and the tree of identifiers.

    Args:
        pdf: The file.
        root: The tag of the document.
        roles: The standard type of each of our own types (role map).
    """
    _Writer(pdf).write(root, roles)


class _Writer:
    """Writes a tree into a file."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._owners: dict[Marked, Any] = {}
        self._annotations: list[tuple[Any, Any]] = []
        self._identified: dict[str, Any] = {}

    def write(self, root: Node, roles: dict[str, str]) -> None:
        tree = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
        top = self._pdf.make_indirect(tree)
        tree = top
        tree.K = pikepdf.Array([self._element(root, tree)])
        if roles:
            tree.RoleMap = pikepdf.Dictionary(
                {f"/{ours}": pikepdf.Name(f"/{theirs}") for ours, theirs in sorted(roles.items())}
            )
        tree.ParentTree = self._pdf.make_indirect(self._parents())
        tree.ParentTreeNextKey = len(self._pages) + len(self._annotations)
        if self._identified:
            names: list[Any] = []
            for key, element in sorted(self._identified.items()):
                names += [pikepdf.String(key), element]
            tree.IDTree = pikepdf.Dictionary(Names=names, Limits=[names[0], names[-2]])
        self._pdf.Root.StructTreeRoot = tree

    def _element(self, node: Node, parent: Any) -> Any:
        element = self._pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name(f"/{node.role}"), P=parent)
        )
        own = next((kid.page for kid in node.kids if isinstance(kid, Marked)), None)
        if own is not None:
            element.Pg = self._pages[own]
        for name, value in node.attributes.items():
            element[name] = value
            if name == "/ID":
                self._identified[str(value)] = element
        kids = [self._kid(kid, element, own) for kid in node.kids]
        element.K = kids[0] if len(kids) == 1 else pikepdf.Array(kids)
        return element

    def _kid(self, kid: Node | Marked | Reference, element: Any, own: int | None) -> Any:
        if isinstance(kid, Node):
            return self._element(kid, element)
        if isinstance(kid, Reference):
            self._annotations.append((kid.annotation, element))
            return pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=kid.annotation, Pg=self._pages[kid.page])
        self._owners[kid] = element
        if kid.page == own:
            return kid.number
        return pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=self._pages[kid.page], MCID=kid.number)

    def _parents(self) -> pikepdf.Dictionary:
        """Return the parent tree (14.7.5.4): from each piece of content, and each annotation, to its tag."""
        numbers: list[Any] = []
        for page, page_object in enumerate(self._pages):
            last = max((mark.number for mark in self._owners if mark.page == page), default=-1)
            owners = [self._owners.get(Marked(page, number)) for number in range(last + 1)]
            numbers += [page, pikepdf.Array(owners)]
            page_object.StructParents = page
        for at, (annotation, element) in enumerate(self._annotations, len(self._pages)):
            annotation.StructParent = at
            numbers += [at, element]
        return pikepdf.Dictionary(Nums=numbers)
