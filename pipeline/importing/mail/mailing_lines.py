"""Lines of a mailing that speak of the mailing itself: how to leave it, where to see it in a browser.

Their links belong to the one member a letter was sent to: whoever followed one would unsubscribe that member.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.importing.html.elements import BLOCKS
from pipeline.importing.html.letters.quoted_letters import PartedOff
from pipeline.importing.html.letters.text_lines import lines_of
from pipeline.importing.model.elements import take_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_WORDS: Final = re.compile(
    r"\bunsubscrib|\bopt[- ]?out\b|отпи(?:ш|с)(?:ете|и|ване|ва|вам)\w*|"
    r"отказ\w* от (?:получаване|абонамент|бюлетин)|"
    r"відпи(?:ш|с)\w+|отписа?т?ься|отпишитесь|одјав\w+|odjav\w+|abmelden|désabonn|"
    r"(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscription|settings)|"
    r"промен\w+ (?:на )?(?:си |вашите )?(?:предпочитани|настройк|абонамент)\w*|"
    r"(?:view|see|read|open) (?:this |it|the )?(?:e-?mail |message |newsletter |letter )?"
    r"(?:in (?:your |a |the )?browser|online)|"
    r"web version|(?:вижте|виж|отворете|прочетете) (?:\S+ ){0,3}(?:в|през) (?:\S+ )?браузър\w*",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"unsub|opt[-_]?out|list-manage|/preferences|/prefs|mailchi\.mp|campaign-archive|/profile|subscription|browser",
    re.IGNORECASE,
)
_PLAIN_LINK: Final = re.compile(r"https?://\S+|mailto:\S+|\S{1,254}@\S+")
_HERE: Final = re.compile(
    r"(?:от ?)?тук|тази връзка|(?:click )?here|this link|ovde|овде|тут|здесь|hier|ici", re.IGNORECASE
)
_SHORT_LINE: Final = 60
"""Characters of a line whose link says „тук“ alone: that of an article says more."""

_LONGEST: Final = 600
"""Characters of a block that speaks of the mailing alone."""


def take_off_mailing_lines(root: Element) -> list[PartedOff]:
    """Take the lines of a mailing that speak of itself off a page, in place.

    Args:
        root: The page.

    Returns:
        What was taken off, of the kind `mailing`.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    off: list[PartedOff] = []
    gone: set[Element] = set()
    for link in list(root.iter("a")):
        block = _block_of(link, parents)
        if block is None or not gone.isdisjoint(_upwards(link, parents)):
            continue
        words = " ".join("".join(link.itertext()).split())
        is_of_mailing = bool(words) and _is_of_mailing(link, block)
        if not (is_of_mailing or _WORDS.search(words)):
            continue
        # What holds the whole letter stays: of a letter without paragraphs, the link alone is taken off.
        is_line = block is not root and len(text := _words_of(block)) <= _LONGEST
        element = block if is_line else link
        said = text if is_line else " ".join(" ".join(lines_of(link)).split())
        if said and (is_of_mailing or _WORDS.search(said)):
            off.append(PartedOff("mailing", said))
            take_out(parents[element], element)
            gone.add(element)
    return off


def _words_of(element: Element) -> str:
    """Return the words of an element on one line; of one longer than a line of a mailing, more than that."""
    return " ".join(" ".join(lines_of(element, _LONGEST)).split())


def _is_of_mailing(link: Element, block: Element) -> bool:
    """Return whether a link leads to the office of a mailing, in a line that says so: „натиснете тук“."""
    words = _words_of(block)
    is_short = len(words) <= _SHORT_LINE and _HERE.fullmatch(" ".join("".join(link.itertext()).split()))
    if not is_short and not _ADDRESS.search(link.get("href", "")):
        return False
    return len(words) <= _LONGEST and _WORDS.search(words) is not None


def plain_mailing_lines(text: str) -> tuple[str, list[PartedOff]]:
    """Part plain text into its words and its paragraphs with an address to leave a mailing.

    Args:
        text: The words of a letter.
    """
    kept: list[str] = []
    off: list[PartedOff] = []
    for piece in re.split(r"(\n[ \t]*\n)", text):
        if len(piece) <= _LONGEST and _PLAIN_LINK.search(piece) and _WORDS.search(piece):
            off.append(PartedOff("mailing", " ".join(piece.split())))
        else:
            kept.append(piece)
    return "".join(kept), off


def _block_of(element: Element, parents: dict[Element, Element]) -> Element | None:
    while element is not None and element.tag not in BLOCKS:
        element = parents.get(element)  # type: ignore[assignment]
    return element if element is not None and element.tag not in {"body", "html"} else None


def _upwards(element: Element | None, parents: dict[Element, Element]) -> Iterator[Element]:
    """Yield an element and all that it stands in."""
    while element is not None:
        yield element
        element = parents.get(element)
