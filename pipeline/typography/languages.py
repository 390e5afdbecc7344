"""The languages known to Babel and to the catalogue of page labels.

Kept apart from `localisation`, whose formatting takes long to import and is not needed to check an issue.
"""

from __future__ import annotations

import functools
import gettext
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale

_TRANSLATED: Final = frozenset({"bg", "en", "ru", "sr", "uk"})
"""Languages with labels of the page, by their plain tags; Babel knows them all."""

_CATALOGUES: Final = Path(__file__).with_name("locale")
"""Gettext catalogues; their domain is `page`."""


def known_language(language: str) -> bool:
    """Return whether Babel knows a language."""
    if language in _TRANSLATED:
        return True
    from babel import UnknownLocaleError  # noqa: PLC0415 - an issue in a language of ours is checked without it

    try:
        locale_of(language)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def has_labels(language: str) -> bool:
    """Return whether the labels of the page are translated into a language."""
    return tag_of(language) == "en" or (_CATALOGUES / tag_of(language) / "LC_MESSAGES" / "page.mo").is_file()


@functools.cache
def locale_of(language: str) -> Locale:
    """Return Babel's locale of a language.

    Args:
        language: A BCP 47 tag.

    Raises:
        UnknownLocaleError: Babel does not know the language.
        ValueError: It is not a tag of a language.
    """
    from babel import Locale  # noqa: PLC0415 - as above

    # "en" is British here; Serbian is Cyrillic unless its tag says otherwise.
    return Locale.parse("en-GB" if language == "en" else language, sep="-")


@functools.cache
def catalogue_of(language: str) -> gettext.NullTranslations:
    """Return the translations of the labels of the page; empty where there are none."""
    return gettext.translation("page", _CATALOGUES, languages=[tag_of(language)], fallback=True)


def tag_of(language: str) -> str:
    """Return the tag of a language under which our own labels and conventions are stored."""
    # Our own words for Serbian are Cyrillic: Serbian in Latin letters comes from Babel alone.
    return language if "-latn" in language.lower() else language.split("-", 1)[0].lower()
