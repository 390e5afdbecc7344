"""A Word file's parts, found by the relationships among them and not by their names (ECMA-376 part 2, 9)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from pipeline.findings.finding import IssueError, found
from pipeline.importing.formats.xml_packages import open_package, xml_of
from pipeline.importing.word.names import R, transitional

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TYPES: Final = "[Content_Types].xml"
_DOCUMENT: Final = "word/document.xml"


class Relation(NamedTuple):
    """A relationship of a part.

    Args:
        kind: The last word of its type: `image`, `hyperlink`, `aFChunk`.
        target: The part's name in the package, or an address outside of it.
        external: Whether it leads outside of the package.
    """

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class WordPackage:
    """An open file.

    Args:
        name: The file's name, for findings.
        parts: The bytes of its parts, by name.
    """

    name: str
    parts: dict[str, bytes]
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    @property
    def main(self) -> str:
        """The part with the text."""
        found_parts = [each.target for each in self.relations("").values() if each.kind == "officeDocument"]
        return next((part for part in [*found_parts, _DOCUMENT] if part in self.parts), "")

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relationships of a part by their identifiers; those of the package for an empty name."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            content = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
            elements = xml_of(content, self.name) if content is not None else ()
            self._relations[part] = {each.get("Id", ""): self._relation(each, folder) for each in elements}
        return self._relations[part]

    def related(self, part: str, kind: str) -> str:
        """Return the part of a kind that a part relates to, or an empty text.

        Args:
            part: The name of a part.
            kind: The last word of the relationship's type.
        """
        targets = (each.target for each in self.relations(part).values() if each.kind == kind)
        return next((target for target in targets if target in self.parts), "")

    def tree(self, part: str) -> Element | None:
        """Return the root of a part, parsed anew, as a transitional file has it; None where it is missing."""
        content = self.parts.get(part)
        return transitional(xml_of(content, f"{self.name}: {part}")) if content is not None else None

    def reachable(self) -> dict[str, str]:
        """Return every part that relationships lead to, with the kind of the first that leads there."""
        kinds: dict[str, str] = {}
        waiting = [""]
        while waiting:
            for relation in self.relations(waiting.pop()).values():
                if not relation.external and relation.target in self.parts and relation.target not in kinds:
                    kinds[relation.target] = relation.kind
                    waiting.append(relation.target)
        return kinds

    def _relation(self, element: Element, folder: str) -> Relation:
        target = element.get("Target", "")
        external = element.get("TargetMode") == "External"
        if not external:
            absolute = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            target = absolute if absolute in self.parts else unquote(absolute)
        return Relation(element.get("Type", "").rpartition("/")[2], target, external)


def open_word(data: bytes, name: str) -> WordPackage:
    """Open a Word file.

    Args:
        data: The file.
        name: Its name.

    Raises:
        IssueError: It is no such file (E500), or is not safe (E502, E503, E505).
    """
    package = WordPackage(name, open_package(data, name, wanted=_TYPES, kind="Word"))
    if not package.main:
        raise IssueError([found("E500", None, name=name, kind="Word", problem=_DOCUMENT)])
    return package


def relation_of(element: Element, name: str, relations: dict[str, Relation]) -> Relation | None:
    """Return the relationship that an attribute of an element names.

    Args:
        element: The element.
        name: The attribute, without its namespace: `id`, `embed`.
        relations: Those of its part.
    """
    return relations.get(element.get(R + name, ""))
