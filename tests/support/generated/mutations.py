"""Ways to lose, double, hide, cover, shift or recolour words between the composed HTML and the page, by rule.

A mutation is a changed HTML. Those of a word take a text of one kind (a cell, a note, a title …), choose a
word of it, and replace it; those of a sheet add a rule of CSS.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

TARGETS: Final = {
    "title": ("h3",),
    "section": ("section.section", "h2"),
    "standfirst": ("p.standfirst",),
    "lead": ("p.lead",),
    "heading": ("h4",),
    "word": ("div.body", "p"),
    "item": ("div.body", "li"),
    "quote": ("blockquote",),
    "cell": ("td",),
    "head": ("th",),
    "note": ("span.note",),
    "caption": ("figcaption",),
    "card": ("aside.card", "dd"),
    "label": ("aside.card", "dt"),
    "contents": ("p.within",),
    "masthead": ("p.subtitle",),
    "funder": ("p.statement",),
    "byline": ("p.byline",),
    # Of styles that make their pages up.
    "issue": ("h2.title",),
    "kicker": ("p.kicker",),
    "panel": ("aside.panel", "dd"),
    "strip": ("aside.strip", "dd"),
    "share": ("span.share",),
    "about": ("p.about",),
    "about label": ("p.about", "span.label"),
    "notice": ("article.notice", "h3"),
    "text of a notice": ("article.notice", "div.body", "p"),
    "month": ("p.name",),
    "year": ("span.year",),
    "days": ("span.n",),
    "hours": ("span.when",),
    "event": ("article.event", "h3"),
    "place": ("p.place",),
    "fact": ("p.fact",),
    "fact label": ("p.fact", "span.label"),
    "common": ("p.common", "span.fact"),
    "text of an event": ("div.about", "p"),
    "endnote": ("ol.endnotes", "li"),
    "partner": ("div.partner", "p"),
    "country": ("p.where",),
    # Of all styles.
    "name": ("h1",),
    "publisher": ("p.publisher",),
    "number": ("p.number",),
    "greeting": ("p.greeting",),
    "imprint": ("footer.imprint", "p"),
    "entry": ("a.entry",),
    "project": ("table.budgets", "th"),
    "budget": ("table.budgets", "td"),
    "disclaimer": ("div.words", "p"),
    "team": ("footer.colophon", "dd"),
    "role": ("footer.colophon", "dt"),
}
"""Kinds of texts, by the elements they are in, the outermost first."""

_BLANK = '<span style="{}">{}</span>'
_COVER = (
    '<span style="display:inline-block;position:relative;text-indent:0">{1}'
    '<span style="position:absolute;left:0;top:0;width:100%;height:100%;background:{0}"></span></span>'
)
_BOX: Final = "display:inline-block;overflow:hidden;text-indent:0"
_STYLES: Final = {
    "hide: display": "display:none",
    "hide: visibility": "visibility:hidden",
    "hide: opacity": "opacity:0",
    "hide: transparent": "color:transparent",
    "hide: no size": "font-size:0",
    "hide: tiny": "font-size:.4pt",
    "hide: cut in height": f"{_BOX};height:.45em;vertical-align:top",
    "hide: cut in width": f"{_BOX};width:.7em;white-space:nowrap",
    "shift: right off the page": "position:relative;left:220mm",
    "shift: left off the page": "position:relative;left:-220mm",
    "shift: down off the page": "position:relative;top:320mm",
    "recolour: white": "color:#fff",
    "recolour: 1.3": "color:#e2e2e2",
    "recolour: 1.8": "color:#bfbfbf",
    "recolour: veiled": "opacity:.12",
}
_MARKUP: Final = {
    "lose": "",
    "lose: last letter": None,
    "double": "{0} {0}",
    "cover: white": _COVER.format("#fff", "{0}"),
    "cover: coloured": _COVER.format("#0F4C64", "{0}"),
}
CLASSES: Final = (*_STYLES, *_MARKUP, "shift: on other text", "shift: out of order")

_MADE_UP: Final = "--composing"
"""What the sheets of styles that make their pages up say."""

_ON_DARK: Final = {
    *("name", "publisher", "number", "issue", "greeting", "imprint"),
    *("common", "funder", "disclaimer", "team", "role"),
}
"""What stands on a dark ground in these: on a first page without a picture, and in the colophon."""

_PALE: Final = {"recolour: white", "recolour: 1.3", "recolour: 1.8"}

_SHEETS: Final = {
    "sheet: card values": ".card dd { display: none }",
    "sheet: last column": "td:last-child { visibility: hidden }",
    "sheet: captions white": "figcaption { color: #fff !important }",
    "sheet: credits tiny": ".credit { font-size: .3pt }",
    "sheet: contents cut": ".contents { height: 60pt; overflow: hidden }",
    "sheet: titles off": "h3 { margin-left: -300mm !important }",
    "sheet: leads pale": ".lead { color: #d5d5d5 !important }",
    "sheet: notes pale": ".note { color: #ddd !important }",
    "sheet: items off": "li { position: relative; left: 300mm }",
    "sheet: paragraphs over one another": ".body > p { position: absolute; top: 0 }",
    "sheet: lines over one another": ".body p { line-height: 3pt !important }",
    "sheet: rows clipped": "tbody { display: none }",
    "sheet: numbers gone": "ol { list-style: none !important }",
    "sheet: greeting gone": ".imprint { display: none }",
    "sheet: colophon cut": ".colophon { height: 20pt; overflow: hidden }",
    "sheet: funders off": ".funder { position: relative; left: -300mm }",
    "sheet: bold white": "strong { color: #fff }",
    "sheet: half a page": "main { opacity: 0 }",
    "sheet: first letters": "h3::first-letter { color: transparent }",
    "sheet: references gone": ".note::footnote-call { content: '' }",
}


class Mutation(NamedTuple):
    """A way to harm a page.

    Args:
        kind: Its class.
        target: The kind of text it harms.
        html: The harmed HTML.
        words: What was harmed, for people.
    """

    kind: str
    target: str
    html: str
    words: str


class _Node(NamedTuple):
    start: int
    end: int
    path: tuple[str, ...]


def mutations(html: str, chance: random.Random, each: int = 1) -> Iterator[Mutation]:
    """Yield mutations of a document.

    Args:
        html: As composed.
        chance: Chooses the words.
        each: How many there are of each class and kind of text.
    """
    nodes = TextNodes(html).nodes
    on_dark = _ON_DARK if _MADE_UP in html else frozenset[str]()
    for target, path in TARGETS.items():
        held = [node for node in nodes if _lies_in(node.path, path) and _words(html, node)]
        for kind in CLASSES if held else ():
            # On a dark ground, as that of the masthead, a pale colour can be read.
            is_masthead = (target, kind[:10]) == ("masthead", "recolour: ")
            for _ in range(0 if is_masthead or (target in on_dark and kind in _PALE) else each):
                mutation = _mutated(html, chance.choice(held), kind, target, chance)
                if mutation is not None:
                    yield mutation
    for kind, sheet in _SHEETS.items():
        yield Mutation(kind, "sheet", html.replace("</head>", f"<style>{sheet}</style></head>"), sheet)


def _words(html: str, node: _Node) -> list[re.Match[str]]:
    """Return the words of a text, without a label before a colon, which is the program's.

    A label that is an element of its own has one word at least.
    """
    if any(_is(part, "span.label") for part in node.path):
        return list(re.finditer(r"[^\W_]{2,}", html[node.start : node.end]))
    return list(re.finditer(r"[^\W_]{2,}(?![^\W_:]*:)", html[node.start : node.end]))


def _mutated(html: str, node: _Node, kind: str, target: str, chance: random.Random) -> Mutation | None:
    words = _words(html, node)
    index = chance.randrange(len(words))
    if kind in {"shift: out of order", "shift: on other text"}:
        if len(words) < 2:
            return None
        index = max(index, 1)
    start, end = (node.start + at for at in words[index].span())
    word = html[start:end]
    if kind in _STYLES:
        changed = _BLANK.format(_STYLES[kind], word)
    elif kind == "lose: last letter":
        changed = word[:-1]
    elif kind == "shift: on other text":
        changed = _BLANK.format("position:relative;left:-2.2em", word)
    elif kind == "shift: out of order":
        before = words[index - 1]
        first, last = node.start + before.start(), node.start + before.end()
        if html[first:last].casefold() == word.casefold():
            return None
        swapped = word + html[last:start] + html[first:last]
        return Mutation(kind, target, html[:first] + swapped + html[end:], word)
    else:
        changed = str(_MARKUP[kind]).format(word)
    return Mutation(kind, target, html[:start] + changed + html[end:], word)


def _lies_in(path: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Return whether elements enclose one another in the given order, the last of them nearest."""
    if {"svg", "style", "title", "code"} & {part.partition(".")[0] for part in path}:
        return False
    if any(_is(part, "a") for part in path) and wanted != ("a.entry",):
        return False
    if any(_is(part, "span.label") for part in path) and "span.label" not in wanted:
        return False
    if "span.note" in path and wanted != ("span.note",):
        return False
    rest = iter(path)
    return all(any(_is(part, name) for part in rest) for name in wanted)


def _is(part: str, name: str) -> bool:
    tag, _, classes = part.partition(".")
    wanted, _, needed = name.partition(".")
    return tag == wanted and (not needed or needed in classes.split("."))


class TextNodes(HTMLParser):
    """Reads where the texts of a document begin and end, and the elements they are in."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.nodes: list[_Node] = []
        self._open: list[str] = []
        self._lines = [0]
        for line in html.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "img", "br", "wbr", "hr", "link"}:
            classes = (dict(attrs).get("class") or "").split()
            self._open.append(".".join((tag, *classes)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().partition(".")[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        self.nodes.append(_Node(start, start + len(data), tuple(self._open)))
