"""Reads HTML into an incoming text."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from pipeline.findings.finding import IssueError, found
from pipeline.importing.html.blocks import joined_captions
from pipeline.importing.html.columns import set_columns_of_page
from pipeline.importing.html.elements import text_of
from pipeline.importing.html.inventory import page_inventory
from pipeline.importing.html.looks.addresses import unwrap_addresses
from pipeline.importing.html.looks.google_docs import rearrange_google_docs
from pipeline.importing.html.looks.office_pages import (
    narrow_paddings_of_word,
    take_off_page_edges,
    take_off_remarks_of_word,
)
from pipeline.importing.html.looks.sheets import apply_sheets
from pipeline.importing.html.outlook_lists import arrange_outlook_lists
from pipeline.importing.html.pictures import Absence
from pipeline.importing.html.reader import HtmlReader
from pipeline.importing.html.tree import parse_html
from pipeline.importing.html.unprinted import take_off_unprinted
from pipeline.importing.model.incoming_text import IncomingText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from pipeline.importing.html.pictures import Finder

LARGEST: Final = 5_000_000
"""The most characters of a page."""

_EMBEDDED_PICTURE: Final = re.compile(
    r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=\s%]+(?=[\"'])", re.IGNORECASE
)


def read_page(
    markup: str,
    name: str,
    pictures: Mapping[str, bytes] | None = None,
    beside: Finder | None = None,
    prepare: Callable[[Element], None] | None = None,
) -> IncomingText:
    """Read a page.

    What counts: `h1` to `h6` (`class="title"` is the title of the whole); `p` (`class="caption"` stands
    below the picture before it), `blockquote`, `pre`, `hr`, `br`; `ul`, `ol` with `start`, `li`; `table`
    with `tr`, `th`, `td`, `colspan`, `rowspan`; `figure` with `figcaption`; `img` with `src`, `alt`,
    `title`, `width`, `height` (what is too small for a figure is a finding, W541); `b`, `strong`, `i`,
    `em`, `code`, `sup`, `sub`, `a`. A footnote is `<a id="r1" href="#n1">1</a>` in the text and, anywhere
    behind it, a `p`, `li`, `div`, `aside` or `dd` with `id="n1"` that holds a link `href="#r1"` back,
    dropped where its text is a number or ↑. Bold and italic count in `style` and in style sheets too; what
    these hide is a finding (W500), and so are `object`, `math` and `svg` (W515). All other elements count for
    their text alone.

    Args:
        markup: The HTML, which may be invalid.
        name: The name of its file.
        pictures: The pictures that come with it, by the `src` of its `img` elements.
        beside: Finds the others; by default they are taken to be on the web.
        prepare: Changes the page before it is read; what it takes off is no part of the inventory.

    Returns:
        The text with its inventory; scripts and styles are no part of a text.

    Raises:
        IssueError: It is too large (E506) or too deeply nested (E500).
    """
    images = dict(pictures or {})
    # Embedded pictures would make the page too large to parse.
    markup = _EMBEDDED_PICTURE.sub(lambda match: _extracted_picture(match[0], images), markup)
    if len(markup) > LARGEST:
        size, limit = f"{len(markup) / 1e6:.1f} MB", f"{LARGEST / 1e6:.0f} MB"
        raise IssueError([found("E506", None, name=name, size=size, limit=limit)])
    root = parse_html(markup, name)
    if prepare is not None:
        prepare(root)
    apply_sheets(root)
    unwrap_addresses(root)
    narrow_paddings_of_word(root)
    arrange_outlook_lists(root)
    remarks = [*take_off_page_edges(root, name), *take_off_remarks_of_word(root, name)]
    remarks += rearrange_google_docs(root, name)
    unprinted = [*remarks, *take_off_unprinted(root, name)]
    set_columns_of_page(root)
    absent = _found_beside(root, images, beside) if beside else None
    reader = HtmlReader(name, images, root, absent)
    blocks = tuple(joined_captions(reader.blocks()))
    title = next((text_of(each).strip() for each in root.iter("title")), "")
    author = next(
        (e.get("content", "") for e in root.iter("meta") if e.get("name", "").lower() == "author"), ""
    )
    return IncomingText(
        name,
        blocks,
        notes=tuple(reader.notes),
        pictures=reader.pictures,
        inventory=tuple(page_inventory(root, reader.found_notes, reader.pictures)),
        findings=(*unprinted, *reader.findings),
        title=title,
        author=author,
        language=next((e.get("lang", "").strip() for e in root.iter("html")), ""),
    )


def _found_beside(root: Element, images: dict[str, bytes], beside: Finder) -> dict[str, Absence]:
    """Add the pictures found beside a page, and return where the others are, by their address."""
    absent: dict[str, Absence] = {}
    for image in root.iter("img"):
        source = image.get("src", "").strip()
        if not source or source in images or source in absent:
            continue
        picture = beside(source)
        if isinstance(picture, Absence):
            absent[source] = picture
        else:
            images[source] = picture
    return absent


def _extracted_picture(source: str, images: dict[str, bytes]) -> str:
    """Store a picture embedded in a page, and return its key."""
    try:
        data = base64.b64decode(unquote_to_bytes(source.partition(",")[2]), validate=False)
    except (binascii.Error, ValueError):
        return source[:60]
    name = next((key for key, kept in images.items() if kept == data), f"picture-{len(images) + 1}")
    images[name] = data
    return name
