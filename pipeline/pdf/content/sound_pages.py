"""Pages in which a check found nothing: the same check need not look at the same drawing once more.

The editions for the screen and for the archive have the same pages, and of an issue that is corrected most
pages are drawn as before. A page is known by the SHA-256 of all that is drawn on it: its content, fonts,
pictures, links and boxes, whatever numbers the objects have in the file. A page with findings is looked at
each time.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pikepdf

from pipeline.page.engine.paragraphs.remembered import Memory
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS, MalformedError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

_Found = TypeVar("_Found")
_Sound = Memory[bool | None]

MOST_PAGES: Final = 1024
"""Of all files and checks together."""

_INHERITED: Final = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
"""Entries that a page may have from the tree of pages (ISO 32000-2, 7.7.3.4)."""

_NOT_DRAWN: Final = frozenset({"/Type", "/Parent", "/StructParents", "/Tabs"})
_DEEPEST: Final = 40
_REFERENCE: Final = b" R"


class SoundPages:
    """A memory of pages in which checks found nothing, for as long as the process lives."""

    def __init__(self) -> None:
        """Begin with none."""
        self._memory: _Sound = Memory(MOST_PAGES)

    def of(self, data: bytes) -> FilePages:
        """Return the pages of a file.

        Args:
            data: A PDF.
        """
        return FilePages(page_digests(data), self._memory)


class FilePages:
    """The pages of one file, and what is known of such pages.

    Args:
        digests: Of what is drawn on each page; None for a page that is looked at each time.
        memory: The pages that are known to be sound.
    """

    def __init__(
        self, digests: Sequence[bytes | None] = (), memory: Memory[bool | None] | None = None
    ) -> None:
        self._digests = digests
        self._memory = memory if memory is not None else Memory(0)
        self._learned: list[tuple[Hashable, bytes]] = []

    def found(self, page: int, check: Hashable, findings: Iterable[_Found]) -> Iterator[_Found]:
        """Yield what a check finds in a page; nothing, without looking, where it found nothing before.

        Args:
            page: From 1.
            check: The check, with everything besides the page that it depends on.
            findings: What it finds; nothing is looked at before the first is asked for.
        """
        digest = self._digests[page - 1] if page <= len(self._digests) else None
        if digest is None:
            yield from findings
            return
        key = (check, digest)
        if self._memory.recall(key, lambda: None):
            return
        is_sound = True
        for finding in findings:
            is_sound = False
            yield finding
        if is_sound:
            self._memory.recall(key, lambda: True)
            self._learned.append(key)

    def learned(self) -> list[tuple[Hashable, bytes]]:
        """Return what was learned of these pages, for `learn` in another process."""
        return list(self._learned)

    def learn(self, learned: Iterable[tuple[Hashable, bytes]]) -> None:
        """Take over what another process learned of the same pages."""
        for key in learned:
            self._memory.recall(key, lambda: True)


NONE_KNOWN: Final = FilePages()
"""Of a file whose pages are looked at each time."""


def page_digests(data: bytes) -> list[bytes | None]:
    """Return the SHA-256 of what is drawn on each page of a PDF.

    Args:
        data: The file.

    Returns:
        By page; None for a page that holds itself, or is nested too deeply or damaged. Empty for a file that
        cannot be read, or that hides something by layers, which are told outside of the pages.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if "/OCProperties" in pdf.Root:
                return []
            digests = _Digests({page.obj.objgen: number for number, page in enumerate(pdf.pages)})
            return [digests.of_page(page.obj) for page in pdf.pages]
    except BROKEN_PDF_ERRORS:
        return []


class _Digests:
    """The digests of the objects of one file.

    Args:
        pages: The numbers of its pages, by object: a link to a page does not hold that page.
    """

    def __init__(self, pages: dict[tuple[int, int], int]) -> None:
        self._pages = pages
        self._known: dict[tuple[int, int], bytes] = {}
        self._within: set[tuple[int, int]] = set()

    def of_page(self, page: Any) -> bytes | None:
        entries = {name: page[name] for name in page.keys() if name not in _NOT_DRAWN}  # noqa: SIM118 - of pikepdf
        try:
            for name in _INHERITED:
                if name not in entries and (value := _inherited(page, name)) is not None:
                    entries[name] = value
            return self._of_entries(entries, 0)
        except BROKEN_PDF_ERRORS:
            return None
        finally:
            self._within.clear()

    def _of(self, thing: Any, depth: int) -> bytes:
        if not isinstance(thing, pikepdf.Object):
            # pikepdf gives numbers and booleans as Python's.
            return hashlib.sha256(f"{type(thing).__name__} {thing}".encode()).digest()
        if not thing.is_indirect:
            return self._of_value(thing, depth)
        key = thing.objgen
        if key in self._pages:
            return hashlib.sha256(b"page %d" % self._pages[key]).digest()
        if key not in self._known:
            if key in self._within or depth > _DEEPEST:
                message = "objects within one another"
                raise MalformedError(message)
            self._within.add(key)
            self._known[key] = self._of_value(thing, depth)
            self._within.remove(key)
        return self._known[key]

    def _of_value(self, thing: Any, depth: int) -> bytes:
        if isinstance(thing, pikepdf.Stream):
            content = hashlib.sha256(thing.read_raw_bytes()).digest()
            return hashlib.sha256(b"stream" + content + self._of_entries(dict(thing.items()), depth)).digest()
        written: bytes = thing.unparse(resolved=True)
        if _REFERENCE in written and isinstance(thing, pikepdf.Dictionary):
            return self._of_entries(dict(thing.items()), depth)
        if _REFERENCE in written and isinstance(thing, pikepdf.Array):
            parts = b"".join(self._of(part, depth + 1) for part in thing)
            return hashlib.sha256(b"array" + parts).digest()
        # Without a reference, all of it is written there.
        return hashlib.sha256(b"value" + written).digest()

    def _of_entries(self, entries: dict[str, Any], depth: int) -> bytes:
        digest = hashlib.sha256(b"entries")
        for name in sorted(entries):
            digest.update(hashlib.sha256(name.encode()).digest() + self._of(entries[name], depth + 1))
        return digest.digest()


def _inherited(page: Any, name: str) -> Any:
    """Return an entry of the nearest node of the tree of pages above a page, or None."""
    node = page
    for _ in range(_DEEPEST):
        node = node.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            break
        if name in node:
            return node[name]
    return None
