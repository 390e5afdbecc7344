"""Where the links of the pages lead: each to the address or the article that the issue says."""

from __future__ import annotations

import ctypes
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from pipeline.pdf.law.drawn.drawn_text import Box
from pipeline.pdf.law.matching.steps import signs_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.pdf.law.drawn.drawn_text import DrawnPage, Fragment
    from pipeline.pdf.law.matching.match import Match

_LEADS_OUT: Final = ("http://", "https://", "mailto:")
_ABOVE: Final = 6.0
"""Points above a title's baseline, in its own size, where a link to it may end."""


class DrawnLink(NamedTuple):
    """An area of a page that leads somewhere (ISO 32000-2, 12.5.6.5).

    Args:
        page: The page it is on, from 1.
        box: The area.
        address: Of a web page or mailbox, or an empty text.
        to_page: The page of the issue, from 1; 0 where it leads out.
        to_height: The height on that page in points; 0 for the whole page.
    """

    page: int
    box: Box
    address: str
    to_page: int
    to_height: float


class WrongLink(NamedTuple):
    """Words that do not lead where they must.

    Args:
        match: Of the block they are in.
        fragment: The words.
        offset: The number of their first sign in the block.
        wanted: Where they must lead: an address, or the name of an article or section.
        shown: Where they lead, or an empty text.
    """

    match: Match
    fragment: Fragment
    offset: int
    wanted: str
    shown: str


def wrong_links(pages: Sequence[DrawnPage], matches: Sequence[Match]) -> Iterator[WrongLink]:
    """Yield the words that lead nowhere or elsewhere, and those that lead out without being a link.

    Args:
        pages: All pages.
        matches: Of all blocks.
    """
    links = [link for page in pages for link in _links_of(page)]
    by_page: dict[int, list[DrawnLink]] = {}
    for link in links:
        by_page.setdefault(link.page, []).append(link)
    titles = {
        name: match.fragments[0]
        for match in matches
        # An article that has its title from its section begins somewhere below it.
        if match.is_whole and (name := match.block.anchor or match.block.title_of)
    }
    for match in matches:
        if match.is_whole:
            yield from _wrong_in(match, by_page, titles)
    yield from _unasked(links, matches)


def _wrong_in(
    match: Match, links: Mapping[int, Sequence[DrawnLink]], titles: Mapping[str, Fragment]
) -> Iterator[WrongLink]:
    for first, end, target in match.block.targets:
        offset = 0
        for fragment in match.fragments:
            # Words that stand within others begin somewhere in their text object.
            length = signs_shown(match.block.bare, offset, fragment) or len(fragment.bare)
            if offset < end and offset + length > first:
                over = [link for link in links.get(fragment.page, ()) if link.box.meets(fragment.box)]
                if not any(_leads_to(link, target, titles) for link in over):
                    shown = next((link.address or str(link.to_page) for link in over), "")
                    yield WrongLink(match, fragment, first, target, shown)
                    break
            offset += length


def _leads_to(link: DrawnLink, target: str, titles: Mapping[str, Fragment]) -> bool:
    if target.startswith(_LEADS_OUT):
        return _same(link.address) == _same(target)
    title = titles.get(target)
    if title is None:
        # An article whose title is not set: anywhere in the issue.
        return bool(link.to_page)
    if link.to_page != title.page:
        return False
    if not link.to_height:
        return True
    between = [
        other
        for other in titles.values()
        if other.page == title.page and title.baseline + title.size < other.baseline < link.to_height
    ]
    return link.to_height >= title.baseline - _ABOVE and not between


def _unasked(links: Sequence[DrawnLink], matches: Sequence[Match]) -> Iterator[WrongLink]:
    """Yield what leads out to an address that the issue does not have."""
    known = {_same(target) for match in matches for *_, target in match.block.targets}
    for link in links:
        if link.address and _same(link.address) not in known:
            under = (
                WrongLink(match, fragment, 0, "", link.address)
                for match in matches
                for fragment in match.fragments
                if fragment.page == link.page and link.box.meets(fragment.box)
            )
            yield from islice(under, 1)


def _same(address: str) -> str:
    """Return an address so that two writings of it are equal."""
    return unquote(address).casefold().removesuffix("/")


def _links_of(drawn: DrawnPage) -> Iterator[DrawnLink]:
    from pypdfium2 import raw  # noqa: PLC0415 - slow to load

    document, page = drawn.page.pdf.raw, drawn.page.raw
    at, link, area = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page, at, link):
        if not raw.FPDFLink_GetAnnotRect(link, area):
            continue
        action = raw.FPDFLink_GetAction(link)
        address = _address_of(raw, document, action) if action else ""
        place = raw.FPDFLink_GetDest(document, link)
        if not place and action and not address:
            place = raw.FPDFAction_GetDest(document, action)
        to_page, height = _place_of(raw, document, place) if place else (0, 0.0)
        box = Box(area.left, min(area.bottom, area.top), area.right, max(area.bottom, area.top))
        yield DrawnLink(drawn.number, box, address, to_page, height)


def _address_of(raw: Any, document: Any, action: Any) -> str:
    length = raw.FPDFAction_GetURIPath(document, action, None, 0)
    if length <= 1:
        return ""
    room = ctypes.create_string_buffer(length)
    raw.FPDFAction_GetURIPath(document, action, room, length)
    return room.raw[: length - 1].decode("utf-8", "replace")


def _place_of(raw: Any, document: Any, place: Any) -> tuple[int, float]:
    has = [raw.FPDF_BOOL() for _ in range(3)]
    at = [raw.FS_FLOAT() for _ in range(3)]
    raw.FPDFDest_GetLocationInPage(place, *has, *at)
    return raw.FPDFDest_GetDestPageIndex(document, place) + 1, at[1].value if has[1].value else 0.0
