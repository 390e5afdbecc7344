"""Languages to choose from for the issues of a publication."""

from __future__ import annotations

import functools
from typing import Final

from pipeline.typography.localisation import language_name

_OF_THE_UNION: Final = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
"""The official languages of the European Union (Regulation No 1, as of 2013)."""

_OF_NEIGHBOURS: Final = "be bs hy is ka mk nb ru sq sr tr uk"
"""Those of its neighbours that are written from left to right."""


@functools.cache
def languages_in(language: str) -> tuple[tuple[str, str], ...]:
    """Return the tag and the name of each language, in the order of the names.

    Args:
        language: Of the names, `bg` or `en`.
    """
    tags = f"{_OF_THE_UNION} {_OF_NEIGHBOURS}".split()
    named = ((tag, language_name(tag, language)) for tag in tags)
    return tuple(sorted(named, key=lambda each: each[1].casefold()))
