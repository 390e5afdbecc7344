"""Which words of a page nobody sees, and why: hidden, cut, moved away, too small, too pale, or covered.

Each page is looked at in every view in which its style sheets make it look different.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.html_checks.boxes import SMALLEST, box_reason, font_size, is_moved_away
from pipeline.html_checks.cascade import PageStyles, page_sheets
from pipeline.html_checks.colours import Unjudged, contrast, has_ground, text_and_ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.html_checks.cascade import Cascaded
    from pipeline.html_checks.html_tree import Element, Piece
    from pipeline.html_checks.sheets import Rule
    from pipeline.html_checks.views import View

FAINTEST: Final = 4.5
"""The least contrast of a text (WCAG 2.2, 1.4.3)."""

_NEVER_SHOWN: Final = frozenset(
    (
        *(
            "noscript",
            "datalist",
            "select",
            "option",
            "textarea",
            "object",
            "iframe",
            "canvas",
            "audio",
            "video",
        ),
        *(
            "rp",
            "noembed",
            "noframes",
            "map",
            "progress",
            "meter",
            "desc",
            "metadata",
            "defs",
            "marquee",
            "dialog",
        ),
    )
)
"""Elements whose text is shown in other circumstances only, if at all."""

_PICTURES: Final = frozenset({"img", "svg", "iframe", "video", "canvas", "object", "embed"})
_HARMFUL: Final = re.compile(
    r"@import|display|visibility|opacity|color|background|font|size|clip|mask|filter|transform|translate|scale"
    r"|rotate|position|top|left|right|bottom|inset|margin|indent|overflow|height|width|spacing|content|order"
    r"|direction|animation|zoom|float|all|list-style-type|counter-\w+"
)
"""Properties that may hide or move a text: in a rule that cannot be read, they count as if they did."""


_WORDLESS: Final = re.compile(r"\\20\w\w\s?|\b(?:none|normal|open-quote|close-quote)\b")
"""What `content` may be that adds no word; escapes of spaces and dashes among it."""


class Unseen(NamedTuple):
    """What is hidden on a page.

    Args:
        reasons: Elements whose own text nobody sees, with the declaration and the view.
        rules: Rules that cannot be read, and may hide something.
        generated: Words that style sheets add, with the element they stand at.
        unnumbered: Items of lists beside which no number is set.
    """

    reasons: dict[Element, str]
    rules: list[str]
    generated: list[tuple[Element, str]]
    unnumbered: set[Element]


def unseen_on(
    root: Element,
    shown: Iterable[Piece],
    *,
    linked: Mapping[str, str] | None = None,
    attributes: Mapping[str, str] | None = None,
    views: Sequence[View] = (),
    sheets: Sequence[tuple[str, str]] = (),
) -> Unseen:
    """Return what of a page nobody sees in one of its views.

    Args:
        root: The page.
        shown: Its texts.
        linked: The style sheets that it links, by address as written.
        attributes: That programs add to its outermost element.
        views: Further views.
        sheets: Further style sheets, each with the media query it is for.
    """
    styles = PageStyles(root, [*page_sheets(root, linked), *sheets], attributes)
    unseen = Unseen({}, list(_harmful(styles.unread)), [], set())
    texts = _texts_by_element(shown)
    for element in texts:
        if reason := _closed(element):
            unseen.reasons.setdefault(element, reason)
    for view in (*styles.views(), *views):
        for cascaded in styles.in_view(view):
            _look(cascaded, texts, view, unseen)
    return unseen


def _look(
    cascaded: Mapping[Element, Cascaded], texts: Mapping[Element, str], view: View, unseen: Unseen
) -> None:
    for element, text in texts.items():
        styles = cascaded[element]
        if "reason" not in styles.known:
            styles.known["reason"] = _reason(styles, view)
        reason = str(styles.known["reason"]) or _freely_placed(element, cascaded, text)
        if reason:
            unseen.reasons.setdefault(element, f"{reason} ({view.name})")
    for element, styles in cascaded.items():
        if reason := _covers(element, styles, view):
            for each in _beneath(element, cascaded, texts):
                unseen.reasons.setdefault(each, f"{reason} ({view.name})")
        if element.tag == "li" and styles.inherited("list-style-type").split()[:1] not in ([], ["decimal"]):
            unseen.unnumbered.add(element)
        for name, pseudo in styles.pseudo.items():
            _look_at_pseudo(element, name, pseudo, view, unseen)


def _reason(styles: Cascaded, view: View) -> str:
    """Return why a text of an element is not seen; empty if it is."""
    if reason := box_reason(styles, view):
        return reason
    visibility = styles.inherited("visibility")
    if visibility not in {"", "visible"}:
        return f"visibility: {visibility}"
    size = font_size(styles, view)
    if size is None or size < SMALLEST:
        return f"font-size: {'unknown' if size is None else f'{size:g}px'}"
    try:
        ratio = contrast(*text_and_ground(styles, is_dark=view.is_dark))
    except Unjudged as unjudged:
        return str(unjudged)
    return f"{ratio:.1f} : 1" if ratio < FAINTEST else ""


def _closed(element: Element) -> str:
    """Return what in a page's own elements keeps a text from being shown; empty for nothing."""
    inner = element
    for each in element.chain():
        if each.tag in _NEVER_SHOWN:
            return f"<{each.tag}>"
        if each.tag == "details" and "open" not in each.attributes and inner.tag != "summary":
            return "<details>"
        if each.attributes.get("aria-hidden") == "true":
            return "aria-hidden"
        inner = each
    return ""


def _freely_placed(element: Element, cascaded: Mapping[Element, Cascaded], text: str) -> str:
    """Return the declaration that may lay a text over others; a numeral at the edge may be placed freely."""
    if text.strip().rstrip(".").isdigit():
        return ""
    for each in element.chain():
        position = cascaded[each].own("position", "static")
        if position in {"absolute", "fixed"}:
            return f"position: {position}"
    return ""


def _covers(element: Element, styles: Cascaded, view: View) -> str:
    """Return the declaration by which an element lies over what is around it; empty if it does not."""
    if element.tag not in _PICTURES and not has_ground(styles):
        return ""
    if is_moved_away(styles) or styles.own("display") == "none":
        return ""
    position = styles.own("position", "static")
    if position in {"absolute", "fixed"}:
        return f"position: {position}"
    reason = box_reason(styles, view)
    around = box_reason(styles.around, view) if styles.around else ""
    moved = ("margin-top", "margin-bottom", "position", "transform", "translate")
    return reason if reason != around and reason.startswith(moved) else ""


def _beneath(
    element: Element, cascaded: Mapping[Element, Cascaded], texts: Mapping[Element, str]
) -> Iterator[Element]:
    """Yield the texts that an element may cover: those of the box in which it is placed, but for its own."""
    holder = element.parent
    while holder is not None and holder.parent is not None:
        if cascaded[holder].own("position", "static") != "static" or cascaded[holder].own("transform"):
            break
        holder = holder.parent
    within = set(element.elements())
    for each in holder.elements() if holder is not None else ():
        if each in texts and each not in within:
            yield each


def _look_at_pseudo(element: Element, name: str, styles: Cascaded, view: View, unseen: Unseen) -> None:
    if name in {"before", "after"}:
        content = styles.own("content", "none").partition("/")[0]
        if re.search(r"\w", _WORDLESS.sub("", content)):
            unseen.generated.append((element, content.strip("\"'")))
        is_placed = styles.own("position", "static") in {"absolute", "fixed"}
        if content not in {"none", "normal"} and is_placed and has_ground(styles):
            unseen.reasons.setdefault(element, f"::{name} position: {styles.own('position')} ({view.name})")
        return
    if name == "marker" and not (element.parent and element.parent.tag == "ol"):
        return
    reason = _reason(styles, view)
    if name == "marker" and (reason or "content" in styles.values):
        unseen.unnumbered.add(element)
    elif reason:
        unseen.reasons.setdefault(element, f"::{name} {reason} ({view.name})")


def _harmful(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        harmful = [each for each in rule.declared if _HARMFUL.search(each.name)]
        if harmful:
            value = (
                harmful[0].value if harmful[0].name == "@import" else f"{harmful[0].name}: {harmful[0].value}"
            )
            yield f"{rule.written} {{ {value} }}"


def _texts_by_element(shown: Iterable[Piece]) -> dict[Element, str]:
    texts: dict[Element, str] = {}
    for piece in shown:
        if not piece.is_gap and re.search(r"\S", piece.text):
            texts[piece.element] = texts.get(piece.element, "") + piece.text
    return texts
