"""The frozen base of every model, and the marks of fields that typography and translations use."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterator


class Frozen(BaseModel):
    """An immutable model that refuses unknown fields.

    Its validator is built when it is first used: most models are used only as parts of others.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


class Typeset:
    """Marks a text field that typography sets and whose glyphs the fonts must have."""


class ToTranslate:
    """Marks a field that a translation gives anew; all others are taken over from the original."""


def fields_marked(model: type, mark: type) -> frozenset[str]:
    """Return the names of the fields of a model or a dataclass whose annotation has a mark.

    Args:
        model: A class derived from `BaseModel`, or a dataclass.
        mark: The class of the mark, which stands in `Annotated[…]`, within `X | None` too.
    """
    return _fields_marked(model, mark)


@functools.cache
def _fields_marked(model: type, mark: type) -> frozenset[str]:
    if issubclass(model, BaseModel):
        metadata = {
            name: (*field.metadata, *_metadata(field.annotation))
            for name, field in model.model_fields.items()
        }
    else:
        hints = get_type_hints(model, include_extras=True)
        metadata = {name: tuple(_metadata(hint)) for name, hint in hints.items()}
    return frozenset(
        name for name, items in metadata.items() if any(isinstance(item, mark) for item in items)
    )


def _metadata(annotation: object) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _metadata(part)
