"""Ways to lose, double, hide, cover, move or recolour words of a finished page of HTML, by rule."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.support.generated.mutations import TextNodes

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

INSERTED: Final = "Това изречение не го е писал никой"
"""A sentence that no issue has."""

_BOX: Final = "display:inline-block;overflow:hidden"
STYLES: Final = {
    "hide: display": "display:none",
    "hide: display important": "display:none!important",
    "hide: visibility": "visibility:hidden",
    "hide: collapse": "visibility:collapse",
    "hide: opacity": "opacity:0",
    "hide: opacity in per cent": "opacity:4%",
    "hide: transparent": "color:transparent",
    "hide: fill": "-webkit-text-fill-color:transparent",
    "hide: no size": "font-size:0",
    "hide: tiny": "font-size:.1em",
    "hide: tiny by shorthand": "font:3px/1 serif",
    "hide: tiny by calculation": "font-size:calc(1em - .9em)",
    "hide: clip": "position:absolute;clip:rect(0 0 0 0)",
    "hide: clip path": "clip-path:inset(50%)",
    "hide: mask": "-webkit-mask-image:linear-gradient(transparent,transparent)",
    "hide: filter": "filter:opacity(0)",
    "hide: scale": "display:inline-block;transform:scale(0)",
    "hide: turned": "display:inline-block;transform:rotateY(90deg)",
    "hide: zoom": "zoom:.01",
    "hide: security": "-webkit-text-security:disc",
    "hide: content": "content:url(x.png)",
    "hide: content visibility": "display:inline-block;content-visibility:hidden",
    "hide: no height": f"{_BOX};max-height:0",
    "hide: cut in height": f"{_BOX};height:6px",
    "hide: cut in width": f"{_BOX};width:6px;white-space:nowrap",
    "hide: in a frame": f"{_BOX};text-overflow:ellipsis;width:2em;white-space:nowrap",
    "hide: animated": "animation:gone 1s",
    "hide: struck": "text-decoration:line-through",
    "move: left": "position:absolute;left:-9999px",
    "move: inset": "position:absolute;inset:auto auto auto -200vw",
    "move: relative": "position:relative;left:-1000px",
    "move: down": "position:relative;top:400px",
    "move: indent": "display:inline-block;text-indent:-9999px",
    "move: margin": "margin-left:-9999px",
    "move: up by margin": "display:block;margin-top:-300px",
    "move: transform": "display:inline-block;transform:translateX(-500%)",
    "move: translate": "display:inline-block;translate:-100vw 0",
    "move: over others": "position:absolute;top:0;left:0",
    "move: behind": "position:relative;z-index:-1",
    "move: float": "float:right",
    "move: backwards": "unicode-bidi:bidi-override;direction:rtl",
    "space: letters run together": "letter-spacing:-.6em",
    "space: words run together": "word-spacing:-.3em",
    "recolour: white on white": "color:#fff;background:#fffffe",
    "recolour: pale": "color:#bbb;background-color:#fff",
    "recolour: veiled": "color:rgba(0,0,0,.2);background:#fff",
    "recolour: dark on dark": "color:#123;background:#111",
    "recolour: as the ground": "background:currentColor",
    "recolour: on a picture": "background:url(x.png)",
    "recolour: on a gradient": "background-image:linear-gradient(#000,#000)",
    "recolour: unknown": "color:color-mix(in srgb,white,white)",
}
"""Declarations that harm a word, by class."""

_TAGS: Final = {
    "hide: attribute": "<span hidden>{}</span>",
    "hide: until found": '<span hidden="until-found">{}</span>',
    "hide: popover": "<span popover>{}</span>",
    "hide: details": "<details><summary></summary>{}</details>",
    "hide: dialog": "<dialog>{}</dialog>",
    "hide: noscript": "<noscript>{}</noscript>",
    "hide: template": "<template>{}</template>",
    "hide: aria": '<span aria-hidden="true">{}</span>',
    "hide: textarea": "<object data=x>{}</object>",
    "hide: deleted": "<del>{}</del>",
    "move: dir": '<bdo dir="rtl">{}</bdo>',
    "recolour: font": '<font color="#fdfdfd">{}</font>',
    "cover: span": (
        '<span style="position:relative">{}<span style="position:absolute;left:0;top:0;width:100%;'
        'height:100%;background:#fff"></span></span>'
    ),
    "cover: picture": (
        '<span style="position:relative">{}<img src="x.png" style="position:absolute;top:0;left:0"></span>'
    ),
    "double: side by side": "{0} {0}",
    "double: without a space": "{0}{0}",
    "lose: word": "<!-- {} -->",
    "insert: word": "{} нещо",
    "insert: sentence": f"{{}}. {INSERTED}.",
    "insert: not": "не {}",
}
"""What takes the place of a word, by class."""

SHEETS: Final = {
    "sheet: plain": "{} {{ display: none }}",
    "sheet: important": "{} {{ visibility: hidden !important }}",
    "sheet: dark": "@media (prefers-color-scheme: dark) {{ {} {{ color: #12181b !important }} }}",
    "sheet: narrow": "@media (max-width: 480px) {{ {} {{ display: none !important }} }}",
    "sheet: between two widths": (
        "@media (min-width: 500px) and (max-width: 560px) {{ {} {{ opacity: 0 !important }} }}"
    ),
    "sheet: range of widths": "@media (400px <= width < 420px) {{ {} {{ display: none !important }} }}",
    "sheet: wide": "@media screen and (min-width: 100em) {{ {} {{ font-size: 0 !important }} }}",
    "sheet: print": "@media print {{ {} {{ display: none !important }} }}",
    "sheet: narrow and dark": (
        "@media (max-width: 480px) and (prefers-color-scheme: dark) {{ {} {{ color: #222 !important }} }}"
    ),
    "sheet: not print": "@media not print {{ {} {{ display: none !important }} }}",
    "sheet: unknown medium": "@media (hover: hover) {{ {} {{ display: none !important }} }}",
    "sheet: supports": "@supports (display: grid) {{ {} {{ display: none !important }} }}",
    "sheet: layer": "@layer a {{ {} {{ display: none !important }} }}",
    "sheet: nested": "body {{ {} {{ opacity: 0 !important }} }}",
    "sheet: nested medium": "{} {{ @media screen {{ display: none !important }} }}",
    "sheet: negation": "body :not(no-such) > {} {{ display: none !important }}",
    "sheet: nth": "{}:nth-child(n) {{ display: none !important }}",
    "sheet: has": "body:has({0}) {0} {{ display: none !important }}",
    "sheet: attribute": "[lang] {} {{ display: none !important }}",
    "sheet: siblings": "* ~ * {0}, {0} {{ display: none !important }}",
    "sheet: unreadable": "{}:unheard-of {{ display: none !important }}",
    "sheet: visited": "{}:not(:visited) {{ display: none !important }}",
    "sheet: variable": ":root {{ --x: 0 }} {} {{ opacity: var(--x) !important }}",
    "sheet: first letter": "{}::first-letter {{ font-size: 0 !important }}",
    "sheet: words added": '{}::before {{ content: "Вече не е вярно: " }}',
    "sheet: covered": (
        '{0} {{ position: relative !important }} {0}::after {{ content: ""; position: absolute; inset: 0; '
        "background: #fff }}"
    ),
    "sheet: imported": '@import "other.css"; {} {{ }}',
    "sheet: keyframes": (
        "@keyframes gone {{ to {{ opacity: 0 }} }} {} {{ animation: gone 1s forwards !important }}"
    ),
    "sheet: columns reversed": "{} {{ display: flex !important; flex-direction: row-reverse !important }}",
}
"""Rules that harm what a selector names, by class."""


class Harm(NamedTuple):
    """A way to harm a page.

    Args:
        kind: Its class.
        what: What is harmed, for people.
        html: The harmed page.
    """

    kind: str
    what: str
    html: str


def harms(
    html: str, is_of_issue: Callable[[str, int], bool], selectors: tuple[str, ...], chance: random.Random
) -> Iterator[Harm]:
    """Yield one way of every class to harm a page.

    Args:
        html: The page.
        is_of_issue: Whether a word at an offset is the issue's.
        selectors: Of elements that hold words of the issue.
        chance: Chooses the words.
    """
    words = _words(html, is_of_issue)
    for kind, style in STYLES.items():
        yield _at(html, chance.choice(words), kind, f'<span style="{style}">{{}}</span>')
    for kind, markup in _TAGS.items():
        yield _at(html, chance.choice(words), kind, markup)
    yield from _letters(html, words, chance)
    for kind, sheet in SHEETS.items():
        selector = chance.choice(selectors)
        style = f"<style>{sheet.format(selector)}</style>"
        yield Harm(kind, selector, html.replace("</head>", f"{style}</head>", 1))


def element_harms(html: str, elements: dict[str, str], chance: random.Random) -> Iterator[Harm]:
    """Yield ways to lose, double and exchange elements.

    Args:
        html: The page.
        elements: Patterns of elements by name.
        chance: Chooses them.
    """
    for name, pattern in elements.items():
        found = [each for each in re.finditer(pattern, html, re.DOTALL) if re.search(r">[^<]*\w", each[0])]
        if not found:
            continue
        one = chance.choice(found)
        yield Harm(f"lose: {name}", one[0], html[: one.start()] + html[one.end() :])
        yield Harm(f"double: {name}", one[0], html[: one.end()] + one[0] + html[one.end() :])
        spaced = [each for each in found if _joined(each[0]) != each[0]]
        if spaced:
            one = chance.choice(spaced)
            joined = html[: one.start()] + _joined(one[0]) + html[one.end() :]
            yield Harm(f"space: {name} without spaces", one[0], joined)
        pairs = [(a, b) for a, b in pairwise(found) if _plain(a[0]) != _plain(b[0])]
        if pairs:
            first, second = chance.choice(pairs)
            between = html[first.end() : second.start()]
            swapped = html[: first.start()] + second[0] + between + first[0] + html[second.end() :]
            yield Harm(f"move: {name} exchanged", first[0], swapped)


def _words(html: str, is_of_issue: Callable[[str, int], bool]) -> list[tuple[int, int]]:
    words = [
        (node.start + word.start(), node.start + word.end())
        for node in TextNodes(html).nodes
        if not {"svg", "style", "title", "script", "h4x"} & {part.partition(".")[0] for part in node.path}
        for word in re.finditer(r"(?<!\S)[^\W\d_]{4,}(?=\s)", html[node.start : node.end])
    ]
    return [word for word in words if is_of_issue(html, word[0])]


def _letters(html: str, words: list[tuple[int, int]], chance: random.Random) -> Iterator[Harm]:
    start, end = chance.choice(words)
    word = html[start:end]
    yield Harm("lose: last letter", word, html[: end - 1] + html[end:])
    yield Harm("lose: changed letter", word, html[: end - 1] + ("ж" if word[-1] != "ж" else "з") + html[end:])
    start, end = chance.choice([word for word in words if re.match(r"\s\w", html[word[1] :])])
    yield Harm("space: lost", html[start:end], html[:end] + html[end:].lstrip())
    start, end = chance.choice(words)
    yield Harm("space: within a word", html[start:end], html[: start + 2] + " " + html[start + 2 :])
    other = chance.choice([word for word in words if html[slice(*word)] != html[start:end]])
    yield Harm(
        "insert: word of the issue", html[start:end], html[:end] + " " + html[slice(*other)] + html[end:]
    )


def comment_harms(html: str, at: int) -> Iterator[Harm]:
    """Yield ways to show some programs for mail another text than others.

    Args:
        html: The HTML of a mail.
        at: Where a word begins.
    """
    end = at + len(re.match(r"\S+", html[at:])[0])  # type: ignore[index]
    comment = f"<!--[if mso]><p>{INSERTED}.</p><![endif]-->"
    yield Harm("insert: for one program", INSERTED, html[:at] + comment + html[at:])
    for kind, first, last in (
        ("hide: from one program", "<!--[if !mso]><!-->", "<!--<![endif]-->"),
        ("hide: from one program, openly", "<![if !mso]>", "<![endif]>"),
    ):
        yield Harm(kind, html[at:end], html[:at] + first + html[at:end] + last + html[end:])
    sheet = "<!--[if mso]><style>h2 { display: none }</style><![endif]-->"
    yield Harm("sheet: for one program", sheet, html.replace("</head>", f"{sheet}</head>", 1))
    outlook = "<style>[data-ogsc] h2 { color: #0F4C64 !important; display: none }</style>"
    yield Harm("sheet: for one program's dark mode", outlook, html.replace("</head>", f"{outlook}</head>", 1))


def _at(html: str, word: tuple[int, int], kind: str, markup: str) -> Harm:
    start, end = word
    return Harm(kind, html[start:end], html[:start] + markup.format(html[start:end]) + html[end:])


def _joined(element: str) -> str:
    """Return an element without the spaces of its texts."""
    return re.sub(r">[^<]*", lambda text: re.sub(r"(?<=\w)[\s\u00a0]+(?=\w)", "", text[0]), element)


def _plain(element: str) -> str:
    return re.sub(r"<[^>]*>", "", element)
