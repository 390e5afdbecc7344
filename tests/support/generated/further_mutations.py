"""Ways to harm a page that leave its words whole: words of nobody, spaces, veils, lines, links, pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.support.generated.mutations import TARGETS, Mutation

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULES: Final = {
    "insert: words behind": "{0}::after {{ content: ' не'; color: #000 }}",
    "insert: words before": "{0}::before {{ content: 'Реклама '; color: #000 }}",
    "insert: figures behind": "{0}::after {{ content: ' 70'; color: #000 }}",
    "space: lost": "{0} {{ word-spacing: -.3em !important; text-align: left !important }}",
    "space: made": "{0} {{ letter-spacing: .9em !important; text-align: left !important }}",
    "recolour: grey and veiled": "{0} {{ color: #8a8a8a !important; opacity: .45 }}",
    "strike: through": "{0} {{ text-decoration: line-through }}",
    "strike: rule": (
        "{0} {{ position: relative }} {0}::after {{ content: ''; position: absolute; left: 0; right: 0; "
        "top: calc(50% - .3pt); border-top: .7pt solid #a00 }}"
    ),
}
_INLINE: Final = {"common", "about label", "fact label"}
"""What is laid out within a line has no middle to draw a rule at, unless it is a box of its own there."""

_NOT: Final = {
    # The numeral of a section, and what stands on a dark ground.
    "recolour: grey and veiled": {"masthead"},
    # A text of one line is crossed in its middle; one of several lines, between them; a subtitle stands at
    # the foot of its box, the name of an issue and a month above the middle of theirs.
    "strike: rule": {
        "issue",
        "month",
        "section",
        "masthead",
        "word",
        "item",
        "quote",
        "note",
        "lead",
        "standfirst",
        "caption",
        "funder",
        "contents",
        "card",
        "imprint",
    },
    # Notes are laid out apart from what they are called from.
    "insert: words before": {"note"},
}

_PICTURE: Final = re.compile(r'(?<=>)<img src="([^"]*pictures/[^"]*)"[^>]*>(?=<figcaption)')
_LINK: Final = re.compile(r'<a href="((?:https?|mailto):[^"]*)"')
_ENTRY: Final = re.compile(r'<a class="entry" href="(#[^"]*)"')


def further_mutations(html: str) -> Iterator[Mutation]:
    """Yield mutations of a document.

    Args:
        html: As composed.
    """
    for kind, rule in _RULES.items():
        for target, path in TARGETS.items():
            if target not in _NOT.get(kind, ()):
                sheet = rule.format(" ".join(path))
                if kind == "strike: rule" and target in _INLINE:
                    sheet = f"{' '.join(path)} {{ display: inline-block }} {sheet}"
                yield Mutation(kind, target, html.replace("</head>", f"<style>{sheet}</style></head>"), sheet)
    yield from _of_links(html)
    yield from _of_pictures(html)


def _of_links(html: str) -> Iterator[Mutation]:
    for name, pattern in (("link", _LINK), ("entry", _ENTRY)):
        links = list(pattern.finditer(html))
        for at in range(min(len(links), 6)):
            link, other = links[at], next(each for each in links[::-1] if each[1] != links[at][1])
            for kind, target in (("exchanged", other[1]), ("elsewhere", "https://example.net/other")):
                changed = html[: link.start(1)] + target + html[link.end(1) :]
                yield Mutation(f"link: {kind}", name, changed, link[1])
            missing = html[: link.start()] + link[0].replace("href", "data-was") + html[link.end() :]
            yield Mutation("link: missing", name, missing, link[1])
    sheet = "a[href^=http], a[href^=mailto] { position: relative } a[href^=http] { left: -60mm }"
    yield Mutation("link: shifted", "link", html.replace("</head>", f"<style>{sheet}</style></head>"), sheet)


def _of_pictures(html: str) -> Iterator[Mutation]:
    pictures = [each for each in _PICTURE.finditer(html) if each[1].endswith((".jpg", ".png"))]
    for at, picture in enumerate(pictures):
        following = pictures[(at + 1) % len(pictures)]
        if following[1] == picture[1]:
            continue
        first, last = sorted((picture, following), key=lambda each: each.start())
        swapped = (
            html[: first.start(1)]
            + last[1]
            + html[first.end(1) : last.start(1)]
            + first[1]
            + html[last.end(1) :]
        )
        whole, before, after = picture[0], html[: picture.start()], html[picture.end() :]
        one = before + whole.replace(picture[1], following[1]) + after
        yield Mutation("picture: exchanged", "picture", swapped, picture[1])
        yield Mutation("picture: another's", "picture", one, picture[1])
        yield Mutation("picture: twice", "picture", before + whole + whole + after, picture[1])
        yield Mutation("picture: lost", "picture", before + after, picture[1])
        for kind, style in (
            ("no size", "width:1mm;height:1mm;"),
            ("cropped to nothing", "height:2mm;object-fit:cover;"),
            ("off the page", "position:relative;left:250mm;"),
            ("veiled", "opacity:.08;"),
            ("hidden", "visibility:hidden;"),
        ):
            styled = re.sub(r'(style="[^"]*)"', rf'\1;{style}"', whole)
            yield Mutation(f"picture: {kind}", "picture", before + styled + after, picture[1])
