"""Text to HTML: line breaks within addresses, and the language of foreign words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markupsafe import Markup, escape

from pipeline.models.text import Code, Emphasis, LineBreak, Link, Run, Strong
from pipeline.page.break_opportunities import (
    ADDRESS,
    KEPT,
    KEPT_SPANS,
    LONGEST_KEPT,
    LONGEST_WHOLE,
    divided,
    parts_of,
)
from pipeline.page.foreign_words import CYRILLIC, LATIN_WORDS, Stretch, stretches
from pipeline.page.layout_rules import keeps_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.models.text import Inline

_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
"""A key with a digit or sign on it (Unicode Technical Standard 51); alone it is an ordinary digit."""

_MONTH_AND_YEAR = re.compile(r"(?:\d{1,2}\u00a0)?[^\W\d_]+( )(?:1[89]|2[01])\d\d(?!\d)(?:\u00a0г\.)?")
"""A month and its year, with the day where there is one."""

_LONGEST_DATE = 18
"""Characters of a date that stays on one line in the narrowest column of facts; of a longer one the year may
stand on the next."""

_LEADS_OUT = re.compile(r"https?://|mailto:")
_ENCODED = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)


def words(text: str, language: str, own_cyrillic: str = "") -> Markup:
    """Return a text as HTML.

    Latin words in Cyrillic text are tagged `lang="en"`, for hyphenation and for screen readers; web and mail
    addresses, and long identifiers, break only between their parts, and without a hyphen.

    Args:
        text: Plain text; all of it is escaped.
        language: The language of the surrounding text.
        own_cyrillic: The language of names in Cyrillic letters; they are tagged, and Latin words that may be
            hyphenated have the class `divides`. Without it neither is done, as in styles of format 1.
    """

    def around(stretch: str) -> str:
        return _with_identifiers(stretch, language, own_cyrillic)

    pieces: list[str] = []
    at = 0
    for match in ADDRESS.finditer(text):
        pieces += [around(text[at : match.start()]), address(match[0])]
        at = match.end()
    pieces.append(around(text[at:]))
    return Markup("").join(Markup(piece) for piece in pieces)  # noqa: S704 - each piece was escaped


def linked(text: str, href: str, language: str, own_cyrillic: str = "") -> Markup:
    """Return the words of a link as HTML.

    The engine creates an annotation for every box within a link and tags it as that box, which PDF/UA-1
    (7.18.5) forbids for any tag but `Link`: so `<a>` contains only text, and an address that may break
    between its parts becomes several links to one target.

    Args:
        text: The words.
        href: The target.
        language: The language of the surrounding text.
        own_cyrillic: The language of names in Cyrillic letters; see `words`.
    """
    opening = Markup('<a href="{}"').format(href)
    if ADDRESS.fullmatch(text):
        return _joined(parts_of(text) if len(text) > LONGEST_WHOLE else [text], opening)
    if own_cyrillic:
        named = [each for each in stretches(text, language, own_cyrillic) if each.text.strip()]
        attribute = _attributes(named[0]) if len(named) == 1 else ""
    else:
        foreign = language.split("-", maxsplit=1)[0] in CYRILLIC and LATIN_WORDS.fullmatch(text)
        attribute = ' lang="en"' if foreign else ""
    return Markup("").join(
        _joined(parts_of(stretch), opening)
        if is_long
        else Markup("{}{}>{}</a>").format(opening, Markup(attribute), stretch)  # noqa: S704 - our own
        for stretch, is_long in divided(text)
    )


def kept(text: str, *, years: bool = False) -> Markup:
    """Return a date or number of a fact as HTML.

    Args:
        text: Without addresses and foreign words.
        years: Whether a month stays with its year, where any column has room for both.
    """
    if years and keeps_words():
        text = _MONTH_AND_YEAR.sub(_together, text)
    return Markup(_escaped(text))  # noqa: S704 - escaped


def code(text: str) -> Markup:
    """Return text that is set as it stands as HTML; long identifiers in it may break between their parts."""
    return Markup("").join(
        Markup(address(stretch)) if is_long else escape(stretch)  # noqa: S704 - escaped
        for stretch, is_long in divided(text)
    )


def address(text: str) -> str:
    """Return an address or identifier as HTML whose lines may end only between its parts."""
    return "<wbr>".join(f'<span class="part">{escape(part)}</span>' for part in parts_of(text))


def shown_address(url: str) -> str:
    """Return a web or mail address as it is printed: without scheme and closing slash."""
    return re.sub(r"^(?:https?://|mailto:)", "", url).removesuffix("/")


def plain_text(children: Iterable[Inline]) -> str:
    """Return the words of a text without its markup; references to notes are left out."""
    plain = ""
    for child in children:
        match child:
            case Run() | Code():
                plain += child.text
            case Emphasis() | Strong() | Link():
                plain += plain_text(child.children)
            case LineBreak():
                plain += " "
    return plain


def address_on_paper(link: Link) -> Markup:
    """Return the address of a link for print: small, in parentheses.

    Empty for a link within the issue, and for one whose words are its address.

    Args:
        link: A link as it was written.
    """
    if not _LEADS_OUT.match(link.target):
        return Markup()
    shown = _readable(shown_address(link.target))
    if _same(plain_text(link.children)) in {_same(shown), _same(link.target), _same(shown.partition("?")[0])}:
        return Markup()
    return Markup(' <span class="address">({})</span>').format(Markup(address(shown)))  # noqa: S704 - escaped


def _readable(url: str) -> str:
    """Decode percent-encoded letters, which browsers accept as they are (RFC 3987, 3.2)."""
    return _ENCODED.sub(
        lambda match: unquote(match[0], errors="strict") if _is_text(match[0]) else match[0], url
    )


def _is_text(encoded: str) -> bool:
    try:
        return all(letter.isalnum() for letter in unquote(encoded, errors="strict"))
    except UnicodeDecodeError:
        return False


def _same(text: str) -> str:
    """Return an address for comparing: without regard to case and zero-width characters."""
    return shown_address(re.sub(r"[\u2060\u200b\u00ad]", "", text).strip().casefold()).removeprefix("www.")


def _joined(parts: list[str], opening: Markup) -> Markup:
    return Markup("<wbr>").join(Markup('{} class="part">{}</a>').format(opening, part) for part in parts)


def _with_identifiers(text: str, language: str, own_cyrillic: str) -> str:
    return "".join(
        address(stretch) if is_long else _tagged(stretch, language, own_cyrillic)
        for stretch, is_long in divided(text)
    )


def _attributes(stretch: Stretch) -> str:
    """Return the attributes of an element of another language."""
    mark = f' lang="{stretch.language}"' if stretch.language else ""
    return f'{mark} class="divides"' if stretch.divides else mark


def _tagged(text: str, language: str, own_cyrillic: str) -> str:
    if own_cyrillic:
        return "".join(
            f"<span{_attributes(each)}>{escape(each.text)}</span>"
            if each.language
            else _escaped(each.text, spans=True)
            for each in stretches(text, language, own_cyrillic)
        )
    if language.split("-", maxsplit=1)[0] not in CYRILLIC:
        return _escaped(text)
    pieces: list[str] = []
    at = 0
    for match in LATIN_WORDS.finditer(text):
        if len(match[0]) == 1:
            continue
        pieces += [_escaped(text[at : match.start()]), f'<span lang="en">{escape(match[0])}</span>']
        at = match.end()
    pieces.append(_escaped(text[at:]))
    return "".join(pieces)


def _escaped(text: str, *, spans: bool = False) -> str:
    if keeps_words():
        return (KEPT_SPANS if spans else KEPT).sub(_whole, _with_keycaps(text))
    return _with_keycaps(text)


def _together(date: re.Match[str]) -> str:
    return date[0].replace(" ", "\u00a0") if len(date[0]) <= _LONGEST_DATE else date[0]


def _whole(match: re.Match[str]) -> str:
    return f'<span class="kept">{match[0]}</span>' if len(match[0]) <= LONGEST_KEPT else match[0]


def _with_keycaps(text: str) -> str:
    if "\u20e3" not in text:
        return str(escape(text))
    keycaps = [escape(keycap) for keycap in _KEYCAP.findall(text)]
    around = [str(escape(part)) for part in _KEYCAP.split(text)]
    marked = [f'<span class="emoji">{keycap}</span>' for keycap in keycaps]
    return around[0] + "".join(mark + part for mark, part in zip(marked, around[1:], strict=True))


def logo(url: str, name: str, proportion: float, height: float, most_width: float) -> Markup:
    """Return a logo as large as a box lets it be.

    Args:
        url: The address of the picture.
        name: Whose it is, for those who cannot see it.
        proportion: Its width over its height.
        height: Of the box, in millimetres.
        most_width: Likewise.
    """
    width = round(min(most_width, height * proportion), 2)
    picture = Markup('<img src="{}" alt="{}" style="width:{}mm;height:{}mm">')
    return picture.format(url, name, width, round(width / proportion, 2))
