"""Parts of a Word file that are no text of an issue: heads and feet, objects, and those that nobody knows.

Every part of the package is placed, listed here, or one of those that say how a text looks and hold no words.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.word.names import A, W

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from pipeline.importing.word.package import WordPackage

_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DIAGRAM: Final = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_OBJECTS: Final = {_CHART: ("chart", "chart"), _DIAGRAM: ("SmartArt", "diagramData")}
_EDGES: Final = frozenset({"header", "footer"})
_READ: Final = frozenset({"officeDocument", "footnotes", "endnotes", "comments", "aFChunk", "image", *_EDGES})
_OF_LOOKS: Final = frozenset(
    {
        "styles",
        "stylesWithEffects",
        "numbering",
        "settings",
        "webSettings",
        "fontTable",
        "font",
        "theme",
        "themeOverride",
        "core-properties",
        "extended-properties",
        "custom-properties",
        "thumbnail",
        "customXml",
        "customXmlProps",
        "people",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "glossaryDocument",
        "keyMapCustomizations",
        "attachedToolbars",
        "printerSettings",
        "classificationlabels",
        "chart",
        "chartStyle",
        "chartColorStyle",
        "chartUserShapes",
        "diagramData",
        "diagramLayout",
        "diagramQuickStyle",
        "diagramColors",
        "diagramDrawing",
        "vbaProject",
        "wordVbaData",
        "package",
        "oleObject",
        "ui",
        "extensibility",
        "userCustomization",
        "documenttasks",
        "ctrlProp",
        "control",
        "activeXControlBinary",
        "origin",
        "signature",
        "webextensiontaskpanes",
        "webextension",
    }
)
"""The kinds of parts that have no words of the text, or that the objects of the text are listed for."""

_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
_SHORT: Final = 70


def page_edges(package: WordPackage, text_of: Callable[[Element], str]) -> Iterator[Finding]:
    """Yield what stands in heads and feet of pages, the same words once (W506).

    Args:
        package: The file.
        text_of: Returns the words of a part.
    """
    reported: set[str] = set()
    for part, kind in sorted(package.reachable().items()):
        root = package.tree(part) if kind in _EDGES else None
        text = text_of(root) if root is not None else ""
        if text and text not in reported:
            reported.add(text)
            yield found("W506", None, name=package.name, found=shortened(text, _SHORT))


def objects(
    package: WordPackage, elements: Sequence[Element], text_of: Callable[[Element], str]
) -> Iterator[Finding]:
    """Yield what is no text: macros (W503), objects (W515), files elsewhere (W505, W514).

    Args:
        package: The file.
        elements: Those of the text, without what is deleted.
        text_of: Returns the words of a part.
    """
    name = package.name
    if any(part.lower().endswith(_MACROS) for part in package.parts):
        yield found("W503", None, name=name)
    relations = package.relations(package.main)
    for element in elements:
        if element.tag == A + "graphicData" and (kind := _OBJECTS.get(element.get("uri", ""))):
            shown, relation_kind = kind
            targets = [relations.get(value) for inner in element.iter() for value in inner.attrib.values()]
            parts = [each.target for each in targets if each and each.kind == relation_kind]
            words = " ".join(text for part in parts if (text := _words_of_object(package, part, text_of)))
            yield found("W515", None, name=name, found=shortened(f"{shown} {words}".strip(), _SHORT))
        elif element.tag == W + "object":
            yield found("W515", None, name=name, found="OLE")
    for relation in relations.values():
        if relation.external and relation.kind != "hyperlink":
            code = "W505" if relation.kind == "image" else "W514"
            yield found(code, None, name=name, found=shortened(relation.target, 100))
    for relation in package.relations(package.related(package.main, "settings")).values():
        if relation.external:
            yield found("W514", None, name=name, found=shortened(relation.target, 100))


def _words_of_object(package: WordPackage, part: str, text_of: Callable[[Element], str]) -> str:
    root = package.tree(part)
    if root is None:
        return ""
    texts = (each.text or "" for each in root.iter() if each.tag == A + "t" or str(each.tag).endswith("}v"))
    return " ".join(" ".join(texts).split()) or text_of(root)


def unread_parts(package: WordPackage) -> Iterator[Finding]:
    """Yield the parts that are neither read nor known to have no words (W528).

    Args:
        package: The file.
    """
    reachable = package.reachable()
    for part, content in sorted(package.parts.items()):
        kind = reachable.get(part)
        looks = part.startswith(("docProps/", "customXml/", "_rels/", "[")) or part.endswith(".rels")
        if not content or looks or kind in _READ | _OF_LOOKS or part.lower().endswith(_MACROS):
            continue
        size = f"{len(content) / 1e6:.1f} MB" if len(content) > 1e5 else f"{len(content)} B"  # noqa: PLR2004
        yield found("W528", None, name=package.name, found=posixpath.basename(part)[:80], size=size)
