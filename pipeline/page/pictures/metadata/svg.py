"""SVG: what an editor notes for itself – names, paths, history – is cut out, the drawing's own text stays.

Cut are comments, processing instructions, and elements and attributes of other vocabularies than SVG's. Of
the metadata, creator and rights (Dublin Core) stay. Pictures within are cleaned, too.
"""

from __future__ import annotations

import base64
import html
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers import expat

from pipeline.page.pictures.metadata.held import Held, Part, UncleanableError, kind_of
from pipeline.page.pictures.metadata.xmp import DC, RDF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SVG: Final = "http://www.w3.org/2000/svg"
_OWN: Final = frozenset(
    {
        _SVG,
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/1999/xhtml",
    }
)
_ATTRIBUTE: Final = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG: Final = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*+>""")
_DECLARATION: Final = re.compile(rb"^\s*<\?xml[^>]*\?>")
_ENCODING: Final = re.compile(rb"""encoding\s*=\s*["']([\w.-]+)["']""")
_DATA: Final = re.compile(rb"data:image/[^,\"'<>]*;base64,([^\"'<>()]*)", re.IGNORECASE)
_BOM: Final = b"\xef\xbb\xbf"


class _Cut(NamedTuple):
    """Bytes that go, and what stands there instead."""

    start: int
    end: int
    put: bytes = b""


def without_metadata(data: bytes, clean: Callable[[bytes], Part]) -> Part:
    """Return a drawing without the notes of its editor.

    Args:
        data: The drawing, examined: it declares no document type.
        clean: Cleans a picture within it.

    Raises:
        UncleanableError: It is not well-formed.
    """
    text = _as_utf8(data)
    reading = _Reading(text)
    cuts, held = reading.cuts, reading.held
    outside = [
        cut for cut in _pictures(text, clean, held) if not any(c.start <= cut.start < c.end for c in cuts)
    ]
    if not held:
        return Part(data, frozenset())
    at = 0
    written = []
    for cut in sorted([*cuts, *outside]):
        if cut.start < at:
            continue
        written += [text[at : cut.start], cut.put]
        at = cut.end
    return Part(b"".join([*written, text[at:]]), frozenset(held))


def _as_utf8(data: bytes) -> bytes:
    """Return the drawing in UTF-8, the encoding that offsets are counted in."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = data.decode("utf-16", "replace").encode()
    else:
        head = _DECLARATION.match(data.removeprefix(_BOM))
        declared = _ENCODING.search(head[0]) if head else None
        name = declared[1].decode() if declared else "utf-8"
        if name.lower() in {"utf-8", "utf8", "us-ascii", "ascii"}:
            return data
        try:
            text = data.decode(name).encode()
        except (LookupError, UnicodeDecodeError) as fault:
            raise UncleanableError from fault
    return _DECLARATION.sub(b'<?xml version="1.0" encoding="UTF-8"?>', text)


class _Reading:
    """Goes through a drawing and notes what is to be cut.

    Args:
        text: The drawing, in UTF-8.

    Raises:
        UncleanableError: It is not well-formed.
    """

    def __init__(self, text: bytes) -> None:
        self.cuts: list[_Cut] = []
        self.held: set[Held] = set()
        self._text = text
        self._spaces: list[dict[str, str]] = [{"xml": "http://www.w3.org/XML/1998/namespace"}]
        self._cut_from: int | None = None
        self._depth = 0
        self._is_metadata = False
        self._open_comment: int | None = None
        parser = expat.ParserCreate()
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        try:
            parser.Parse(text, True)  # noqa: FBT003 - the only argument there is
        except expat.ExpatError as fault:
            raise UncleanableError from fault

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        spaces = self._spaces[-1]
        declared = [key for key in attributes if key.startswith("xmlns")]
        if declared:
            spaces = spaces | {
                key.partition(":")[2]: attributes[key] for key in declared if key[5:6] in {"", ":"}
            }
        self._spaces.append(spaces)
        if self._cut_from is not None:
            self._depth += 1
            self._note_words(name, attributes)
            return
        at = self._parser.CurrentByteIndex
        prefix, _, local = name.rpartition(":")
        is_metadata = spaces.get(prefix, "") in {_SVG, ""} and local == "metadata"
        if is_metadata or spaces.get(prefix, "") not in {*_OWN, ""}:
            self._cut_from, self._depth, self._is_metadata = at, 1, is_metadata
            if not is_metadata:
                self.held.add(kind_of(local))
                self._note_words(name, attributes)
            return
        # The bytes of a tag are looked at only if it can have an attribute of another vocabulary.
        if any(":" in key for key in attributes):
            self._cut_attributes(at, spaces)

    def _note_words(self, name: str, attributes: dict[str, str]) -> None:
        if not self._is_metadata:
            for key in (name, *attributes):
                self.held.add(kind_of(key.rpartition(":")[2]))

    def _cut_attributes(self, at: int, spaces: dict[str, str]) -> None:
        end = self._end_of_tag(at)
        for found in _ATTRIBUTE.finditer(self._text, at, end):
            prefix, colon, local = found[1].decode("utf-8", "replace").partition(":")
            if colon and prefix != "xmlns" and spaces.get(prefix, _SVG) not in _OWN:
                self.held.add(kind_of(local))
                self.cuts.append(_Cut(found.start(), found.end()))

    def _end(self, name: str) -> None:
        del name
        self._spaces.pop()
        if self._cut_from is None:
            return
        self._depth -= 1
        if self._depth:
            return
        at = self._parser.CurrentByteIndex
        # An empty element ends where it begins.
        end = self._end_of_tag(at)
        put = b""
        if self._is_metadata:
            whole = self._text[self._cut_from : end]
            put = self._metadata(whole)
        if put != self._text[self._cut_from : end]:
            self.cuts.append(_Cut(self._cut_from, end, put))
        self._cut_from = None

    def _metadata(self, whole: bytes) -> bytes:
        """Return the element with creator and rights alone, or nothing."""
        kept, kinds = _stated(whole, self._spaces[-1])
        put = b""
        if kept:
            inner = "".join(
                f"<dc:{name}>{html.escape(value, quote=False)}</dc:{name}>" for name, value in kept
            )
            put = (
                f'<metadata><rdf:RDF xmlns:rdf="{RDF[1:-1]}"><rdf:Description xmlns:dc="{DC[1:-1]}">{inner}'
                "</rdf:Description></rdf:RDF></metadata>"
            ).encode()
        if put != whole:
            self.held |= kinds or {Held.OTHER}
        return put

    def _comment(self, text: str) -> None:
        if self._cut_from is None:
            at = self._parser.CurrentByteIndex
            self.held.add(Held.HISTORY if _PATH.search(text) else Held.OTHER)
            self.cuts.append(_Cut(at, self._text.index(b"-->", at) + 3))

    def _instruction(self, target: str, text: str) -> None:
        del text
        if self._cut_from is None and target != "xml-stylesheet":
            at = self._parser.CurrentByteIndex
            self.held.add(Held.OTHER)
            self.cuts.append(_Cut(at, self._text.index(b"?>", at) + 2))

    def _end_of_tag(self, at: int) -> int:
        """Return where the tag at an offset ends; a sign `>` within quotes does not end it."""
        tag = _TAG.match(self._text, at)
        if tag is None:
            raise UncleanableError
        return tag.end()


_PATH: Final = re.compile(r"[A-Za-z]:\\|/(?:home|Users)/|@|\\\\")
_STATED: Final = ("creator", "rights")


def _stated(whole: bytes, spaces: dict[str, str]) -> tuple[list[tuple[str, str]], set[Held]]:
    """Return creator and rights of a metadata element, and the kinds of what else it says."""
    names = "".join(
        f' xmlns{":" * bool(prefix)}{prefix}="{html.escape(address)}"'
        for prefix, address in spaces.items()
        if prefix != "xml"
    )
    try:
        root = ET.fromstring(f"<x{names}>".encode() + whole + b"</x>")  # noqa: S314 - examined before
    except (ET.ParseError, ValueError, RecursionError):
        return [], {Held.OTHER}
    kept = []
    kinds = set()
    for node in root.iter():
        name = node.tag.rpartition("}")[2]
        if node.tag in {f"{DC}{each}" for each in _STATED}:
            value = " ".join(" ".join(node.itertext()).split())
            kept += [(name, value)] * bool(value)
        elif (node.text or "").strip() or node.attrib:
            kinds.add(kind_of(name))
    return kept, kinds - {Held.OTHER}


def _pictures(text: bytes, clean: Callable[[bytes], Part], held: set[Held]) -> Iterator[_Cut]:
    """Yield the pictures embedded in a drawing that hold metadata, each with what replaces it."""
    for found in _DATA.finditer(text):
        body = "".join(html.unescape(found[1].decode("utf-8", "replace")).split())
        try:
            data = base64.b64decode(body, validate=True)
        except ValueError:
            continue
        part = clean(data)
        # Parameters such as `name=` tell how the file was called.
        kind, *parameters = found[0].partition(b",")[0].split(b";")
        told = part.held | frozenset({Held.OTHER} if len(parameters) > 1 else ())
        if told:
            held |= told
            yield _Cut(found.start(), found.end(), kind + b";base64," + base64.b64encode(part.data))
