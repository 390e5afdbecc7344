"""Values as plain data, and back by the type that is expected: nothing else can come of what was received.

Tuples, sets and the values of named fields are lists, mappings lists of pairs, enumerations their values;
bytes are numbers of parts that lie beside the text. What is not of the expected type is refused.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import math
import types
from collections.abc import Mapping, Sequence
from typing import Any, Union, get_args, get_origin, get_type_hints

_LISTS = (list, tuple, frozenset)


class RefusedError(Exception):
    """What was received is not what was asked for."""


def plain(value: Any, parts: list[bytes]) -> Any:  # noqa: ANN401 - whatever is answered
    """Return a value as JSON holds it.

    Args:
        value: Of a type that `read` knows.
        parts: Bytes are added here.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value.value if isinstance(value, enum.Enum) else value
    if isinstance(value, bytes):
        parts.append(value)
        return len(parts) - 1
    if isinstance(value, Mapping):
        return [[plain(key, parts), plain(each, parts)] for key, each in value.items()]
    if isinstance(value, _LISTS):
        return [plain(each, parts) for each in value]
    kind: Any = type(value)
    return [plain(getattr(value, name), parts) for name in _fields_of(kind)]


def read(kind: Any, value: Any, parts: Sequence[bytes]) -> Any:  # noqa: ANN401 - a type, and what JSON held
    """Return a value of a type.

    Args:
        kind: The type, as a field is annotated.
        value: As JSON held it.
        parts: The bytes.

    Raises:
        RefusedError: It is none of this type.
    """
    origin = get_origin(kind)
    if kind in _PLAIN:
        return _plain_of(kind, value)
    if kind is bytes:
        return parts[_index(value, len(parts))]
    if origin in {Union, types.UnionType}:
        return _of_union(get_args(kind), value, parts)
    if origin in {tuple, list, frozenset}:
        return _of_list(origin, get_args(kind), value, parts)
    if origin is Mapping or origin is dict:
        pairs = [_exactly(2, each) for each in _list(value)]
        of_key, of_value = get_args(kind)
        return {read(of_key, key, parts): read(of_value, each, parts) for key, each in pairs}
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        try:
            return kind(value)
        except (ValueError, TypeError):
            raise RefusedError from None
    fields = _fields_of(kind)
    given = _exactly(len(fields), value)
    read_fields = [read(each, one, parts) for each, one in zip(fields.values(), given, strict=True)]
    return kind(**dict(zip(fields, read_fields, strict=True)))


_PLAIN = {type(None), None, bool, int, float, str}


def _plain_of(kind: Any, value: Any) -> Any:  # noqa: ANN401 - as above
    if kind is float and type(value) is int:
        return _finite(value)
    if type(value) is not (type(None) if kind is None else kind):
        raise RefusedError
    given: Any = value
    return _finite(given) if kind is float else given


def _finite(value: float) -> float:
    try:
        number = float(value)
    except OverflowError:
        raise RefusedError from None
    if not math.isfinite(number):
        raise RefusedError
    return number


def _of_union(kinds: tuple[Any, ...], value: Any, parts: Sequence[bytes]) -> Any:  # noqa: ANN401 - as above
    """Return a value of a type that may also be None."""
    if value is None and type(None) in kinds:
        return None
    (kind,) = [each for each in kinds if each is not type(None)]
    return read(kind, value, parts)


def _of_list(origin: Any, kinds: tuple[Any, ...], value: Any, parts: Sequence[bytes]) -> Any:  # noqa: ANN401 - as above
    if origin is tuple and kinds[-1] is not Ellipsis:
        given = _exactly(len(kinds), value)
        return tuple(read(kind, each, parts) for kind, each in zip(kinds, given, strict=True))
    return origin(read(kinds[0], each, parts) for each in _list(value))


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - as above
    if type(value) is not list:
        raise RefusedError
    return value


def _exactly(count: int, value: Any) -> list[Any]:  # noqa: ANN401 - as above
    if len(_list(value)) != count:
        raise RefusedError
    given: list[Any] = value
    return given


def _index(value: Any, count: int) -> int:  # noqa: ANN401 - as above
    if type(value) is not int or not 0 <= value < count:
        raise RefusedError
    return value


@functools.cache
def _fields_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Return the fields of a named tuple or a dataclass, with their types."""
    names = getattr(kind, "_fields", None) or [each.name for each in dataclasses.fields(kind)]
    hints = get_type_hints(kind)
    return {name: hints[name] for name in names}
