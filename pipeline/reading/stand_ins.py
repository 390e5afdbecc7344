"""What can be read of a file that has errors, so that these hide no other finding.

A field that is wrong is left out; where a model cannot be without it, a stand-in takes its place. The result
is for further checks alone, never for a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import ValidationError

from pipeline.models.issue import IssuePlan
from pipeline.models.publication import Publication
from pipeline.reading.validation import AnyOf, adapter_of, plain_values

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf

    from pydantic import TypeAdapter

    from pipeline.files.yaml_nodes import Mapping
    from pipeline.models.kinds.union import Head

T = TypeVar("T")

_NO_WORDS: Final = "–"
_FORMAT: Final = "1"
_PLAIN: Final = "article"


def readable_publication(fields: Mapping | None, language: str, style: MappingOf[str, str]) -> Publication:
    """Return what can be read of publication.yaml.

    Args:
        fields: As read; None where nothing could be.
        language: The language to take of `{bg: …, en: …}`.
        style: Name and version of the style where none can be read.
    """
    stand_in = {
        "format": _FORMAT,
        "title": _NO_WORDS,
        "publisher": {"name": _NO_WORDS, "address": _NO_WORDS, "site": "https://a.bg", "email": "a@a.bg"},
        "languages": [language],
        "style": dict(style),
    }
    return _readable(adapter_of(Publication), fields, stand_in, language)


def readable_plan(fields: Mapping | None, date: str) -> IssuePlan:
    """Return what can be read of issue.yaml; its sections may be a stand-in, without an article.

    Args:
        fields: As read; None where nothing could be.
        date: The date of the issue where none can be read.
    """
    sections = [{"title": _NO_WORDS, "articles": [_NO_WORDS]}]
    stand_in = {
        "format": _FORMAT,
        "number": "1",
        "date": date,
        "title": _NO_WORDS,
        "sections": sections,
    }
    return _readable(adapter_of(IssuePlan), fields, stand_in, None)


def readable_head(fields: Mapping | None, union: AnyOf[Head]) -> Head:
    """Return what can be read of the fields of an article.

    Args:
        fields: As read; None where nothing could be.
        union: The kinds of article.
    """
    return _readable(union.adapter, fields, {"kind": _PLAIN, "title": _NO_WORDS}, None)


def _readable(
    adapter: TypeAdapter[T], fields: Mapping | None, stand_in: MappingOf[str, Any], language: str | None
) -> T:
    values: dict[str, Any] = plain_values(fields) if fields is not None else {}
    context = {"language": language}
    while values:
        try:
            return adapter.validate_python({**stand_in, **values}, context=context)
        except ValidationError as error:
            values = _without_wrong_fields(values, error)
    return adapter.validate_python(dict(stand_in), context=context)


def _without_wrong_fields(values: MappingOf[str, Any], error: ValidationError) -> dict[str, Any]:
    """Leave out the fields that are wrong; an article that lacks one is taken for one without facts."""
    locations = [detail["loc"] for detail in error.errors(include_url=False, include_input=False)]
    wrong = {next((step for step in location if step in values), None) for location in locations}
    kept = {name: value for name, value in values.items() if name not in wrong}
    if len(kept) < len(values):
        return kept
    return {**values, "kind": _PLAIN} if values.get("kind", _PLAIN) != _PLAIN else {}
