"""Look-up in dictionaries in Hunspell's format (`.aff`, `.dic`).

Hunspell itself is used where it has a wheel for the machine, elsewhere spylls, its port to Python, which
takes most of a second to load a dictionary, and as long again for a thousand words. Both give the same
results.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Final

DICTIONARIES: Final = Path(__file__).with_name("dictionaries")

Lookup = Callable[[str], bool]
"""Returns whether the dictionary has a word in exactly that form."""


@functools.cache
def lookup_in(language: str) -> Lookup:
    """Load the dictionary of a language; cached.

    Args:
        language: One that has files in `dictionaries/`.
    """
    try:
        return hunspell_lookup(language)
    except ImportError:
        return spylls_lookup(language)


def hunspell_lookup(language: str) -> Lookup:
    """Load a dictionary with Hunspell.

    Raises:
        ImportError: It is not installed.
    """
    from hunspell import Hunspell  # noqa: PLC0415 - looking words up can be left out

    dictionary = Hunspell(language, hunspell_data_dir=str(DICTIONARIES))

    def lookup(word: str) -> bool:
        return bool(dictionary.spell(word))

    return lookup


def spylls_lookup(language: str) -> Lookup:
    """Load a dictionary with spylls.

    Raises:
        ImportError: It is not installed.
    """
    from spylls.hunspell import Dictionary  # noqa: PLC0415 - likewise

    with warnings.catch_warnings():
        # The library closes its files only when its readers are collected.
        warnings.simplefilter("ignore", ResourceWarning)
        dictionary = Dictionary.from_files(str(DICTIONARIES / language))

    def lookup(word: str) -> bool:
        return bool(dictionary.lookup(word))

    return lookup
