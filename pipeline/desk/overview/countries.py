"""Countries to choose from."""

from __future__ import annotations

import functools

from pipeline.models.values.codes import COUNTRIES
from pipeline.typography.localisation import country_name


@functools.cache
def countries_in(language: str) -> tuple[tuple[str, str], ...]:
    """Return the code and the name of every country, in the order of the names.

    Args:
        language: Of the names, `bg` or `en`.
    """
    named = ((code, country_name(code, language)) for code in COUNTRIES)
    return tuple(sorted(named, key=lambda each: each[1].casefold()))
