"""What style sheets hide is known in every view; what cannot be judged counts as hidden."""

from __future__ import annotations

import pytest

from pipeline.html_checks.html_tree import pieces, read_html, words_of
from pipeline.html_checks.views import View, holds
from pipeline.html_checks.visibility import unseen_on

PHONE, DESK = View("phone", 400), View("desk", 1280)
DARK, PRINT = View("dark", 1280, is_dark=True), View("print", 640, is_print=True)


@pytest.mark.parametrize(
    ("query", "view", "result"),
    [
        ("", DESK, True),
        ("screen", DESK, True),
        ("screen", PRINT, False),
        ("only screen and (max-width: 30em)", PHONE, True),
        ("(max-width: 30em)", DESK, False),
        ("(400px <= width <= 500px)", PHONE, True),
        ("(width > 50em)", PHONE, False),
        ("not print", DESK, True),
        ("not all and (min-width: 10px)", DESK, False),
        ("(prefers-color-scheme: dark)", DARK, True),
        ("not (prefers-color-scheme: dark)", DARK, False),
        ("print, (prefers-color-scheme: dark)", DARK, True),
        ("((min-width: 1px) and (max-width: 9px)) or (min-width: 100px)", PHONE, True),
        ("(hover: hover)", DESK, None),
        ("screen and (hover: hover)", PRINT, False),
        ("speech", DESK, False),
    ],
)
def test_a_media_query_holds_or_not_or_depends(query: str, view: View, result: object) -> None:
    assert holds(query, view) is result


def hidden(body: str, sheet: str = "") -> list[str]:
    root = read_html(f"<html><head><style>{sheet}</style></head><body>{body}</body></html>")
    shown = words_of(pieces(root))
    unseen = unseen_on(root, shown)
    return [word.text for word in shown if word.element in unseen.reasons] + unseen.rules


@pytest.mark.parametrize(
    "sheet",
    [
        "p { margin: -0.5em 0 0; letter-spacing: .02em; line-height: 1.1 }",
        "div { padding-left: 15rem } p { margin-left: calc(0rem - 15rem) }",
        "p { opacity: .95; transform: none; clip-path: none; filter: none }",
        ":root { --x: 1 } p { opacity: var(--x); font: italic 600 1rem/1.4 var(--y), serif }",
        "p { overflow: hidden; max-width: 40em } p:hover { visibility: hidden }",
        "p::selection { color: white }",
        "@media (max-width: 30em) { p { font-size: .9em; display: block } }",
        "@font-face { font-family: a; src: url(a.woff) } @page { margin: 0 }",
        "p:unheard-of { hyphens: auto }",
        "p::before { content: '* * *' / '' }",
    ],
)
def test_sheets_that_hide_nothing_are_let_be(sheet: str) -> None:
    assert hidden("<div><p>дума</p></div>", sheet) == []


@pytest.mark.parametrize(
    "sheet",
    [
        "p { display: none }",
        "p { display: block } @media print { p { display: none } }",
        "p { opacity: var(--nothing, 0) }",
        "p { opacity: calc(1 - 1) }",
        "p { color: color-mix(in srgb, white, white) }",
        "div:has(p) p { visibility: hidden }",
        "div { & p { visibility: hidden } }",
        "@layer one { p { display: none } }",
        "@import url(other.css);",
        "p { margin-left: calc(0rem - 15rem) }",
        "p:visited { display: none }",
        "div { color: white } p { color: inherit }",
        "div { font-size: 5px } p { font-size: 1em }",
        "div::after { content: ''; position: absolute; inset: 0; background: #fff }",
    ],
)
def test_sheets_that_hide_or_may_hide_are_found(sheet: str) -> None:
    found = hidden("<div>той<p>дума</p></div>", sheet)
    assert found


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p hidden>дума</p>", ["дума"]),
        ("<details><summary>едно</summary>дума</details>", ["дума"]),
        ("<details open><summary>едно</summary>дума</details>", []),
        ("<p aria-hidden='true'>дума</p>", ["дума"]),
        ("<noscript>дума</noscript>", ["дума"]),
        ("<p style='color:#fff'>дума</p>", ["дума"]),
        ("<table bgcolor='#000000'><tr><td>дума</td></tr></table>", ["дума"]),
        ("<table bgcolor='#000000'><tr><td style='color:#fff'>дума</td></tr></table>", []),
    ],
)
def test_what_elements_themselves_hide_is_found(body: str, words: list[str]) -> None:
    assert hidden(body) == words
