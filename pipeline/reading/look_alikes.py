"""Web addresses whose letters look like those of another (Unicode Technical Standard 39, 4 and 5).

https://аpple.com   the first letter is Cyrillic: another site than the one that is read
"""

from __future__ import annotations

import contextlib
import unicodedata
from typing import Final
from urllib.parse import urlsplit

_ALIKE: Final = dict(zip("асеорхуѕіјһԁԛԝвнкмтгп", "aceopxysijhdqwbhkmtrn", strict=True))
"""Cyrillic letters in the shapes of Latin ones, at least in some faces."""

_CAPITALS: Final = frozenset("вкмнтгп")
"""Of these, those that are alike as capitals or in italics only: not of themselves a deceit."""

_SCRIPTS: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


def deceiving_part(address: str) -> str:
    """Return the part of an address's host that looks like another; an empty text where none does.

    A name within letters of one script is what it says: xn--90ae is .бг, and пример.бг is a Bulgarian name.

    Args:
        address: A web address; its host in letters or in punycode (RFC 3492).
    """
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    labels = [_in_letters(label) for label in host.split(".")]
    ends_latin = labels[-1].isascii()
    return next((label for label in labels if _deceives(label, ends_latin=ends_latin)), "")


def read_as(part: str) -> str:
    """Return what a part of a host would be read as, in Latin letters."""
    return "".join(_ALIKE.get(letter, letter) for letter in part)


def _deceives(label: str, *, ends_latin: bool) -> bool:
    scripts = {script for letter in label if letter.isalpha() and (script := _script(letter))}
    if len(scripts) > 1:
        return True
    # All letters are Cyrillic and look Latin, and so does the end of the address: сосо.com.
    letters = [letter for letter in label if letter.isalpha()]
    looks_latin = bool(letters) and all(letter in _ALIKE and letter not in _CAPITALS for letter in letters)
    return scripts == {"CYRILLIC"} and ends_latin and looks_latin


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "OTHER")


def _in_letters(label: str) -> str:
    if label.startswith("xn--"):
        with contextlib.suppress(UnicodeError):
            return label[4:].encode("ascii").decode("punycode")
    return label
