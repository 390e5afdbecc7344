"""Unsubscribe page: a short text and a button, in the language of the member's messages."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from string import Template
from typing import TYPE_CHECKING, Final

from pipeline.typography.localisation import label

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHEET: Final = (
    "body{margin:0;padding:12vh 24px;font:18px/28px 'Source Serif 4',Georgia,serif;"
    "color:#1d1d1b;background:#fff}"
    "main{max-width:34em;margin:auto}h1{font:bold 28px/34px 'Sofia Sans',Arial,sans-serif;color:#0f4c64}"
    "button{font:bold 18px/24px 'Sofia Sans',Arial,sans-serif;color:#fff;background:#0f4c64;border:0;"
    "padding:14px 28px;cursor:pointer}button:focus-visible{outline:3px solid #b4430f;outline-offset:3px}"
    "@media(prefers-color-scheme:dark){body{color:#e8eef0;background:#12181b}h1{color:#8ec8dc}}"
)
_SHEET_HASH: Final = base64.b64encode(hashlib.sha256(_SHEET.encode()).digest()).decode()

HEADERS: Final[Mapping[str, str]] = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_SHEET_HASH}'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
"""HTTP headers of each page: no resources, no caching, no referrer."""

_PAGE: Final = Template(
    '<!DOCTYPE html>\n<html lang="$language">\n<head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>$title</title><style>$sheet</style></head>\n"
    "<body><main><h1>$title</h1>\n<p>$words</p>\n$form</main></body>\n</html>\n"
)
_FORM: Final = Template('<form method="post"><button>$word</button></form>\n')


def asking_page(publication: str, language: str) -> bytes:
    """Return the page that asks; opening it changes nothing, for mail filters open links in messages."""
    words = label(
        "Do you wish to have no more letters of “{publication}”?", language, publication=publication
    )
    form = _FORM.substitute(word=escape(label("Unsubscribe", language)))
    return _page(label("Unsubscribe", language), words, language, form)


def done_page(publication: str, language: str) -> bytes:
    """Return the page that confirms."""
    words = label(
        "It is done: you will have no more letters of “{publication}”. Should you wish to have them again, "
        "answer any of them.",
        language,
        publication=publication,
    )
    return _page(label("You are unsubscribed", language), words, language)


def unknown_page(language: str) -> bytes:
    """Return the page for an unknown token."""
    words = label("This link means nobody on our list. Please answer the letter it stood in.", language)
    return _page(label("Unsubscribe", language), words, language)


def _page(title: str, words: str, language: str, form: str = "") -> bytes:
    values = {
        "language": language,
        "title": escape(title),
        "words": escape(words),
        "form": form,
        "sheet": _SHEET,
    }
    return _PAGE.substitute(values).encode()
