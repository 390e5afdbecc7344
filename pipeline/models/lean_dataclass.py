"""Frozen dataclasses with slots, whose methods are shared.

`dataclasses` compiles seven methods for each class; for the nodes of a text that takes as long as to read an
article. Here all classes share the same methods, which find the fields in the class.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as lean_dataclass
    from typing import Literal

__all__ = ["lean_dataclass"]

T = TypeVar("T")

_MISSING: Final = dataclasses.MISSING


def _init(self: Any, *values: object, **named: object) -> None:  # noqa: ANN401 - any such dataclass
    names = self.__match_args__
    store = object.__setattr__
    for name, value in zip(names, values):  # noqa: B905 - the lengths are compared below
        store(self, name, value)
    given = len(values)
    if given == len(names) and not named:
        return
    kind = type(self).__qualname__
    if given > len(names):
        message = f"{kind}() takes {len(names)} values, but {given} were given"
        raise TypeError(message)
    fields = self.__dataclass_fields__
    for name in names[given:]:
        if name in named:
            value = named.pop(name)
        elif (value := _default(fields[name])) is _MISSING:
            message = f"{kind}() needs a value for {name!r}"
            raise TypeError(message)
        store(self, name, value)
    if named:
        message = f"{kind}() got an unknown name, or one twice: {', '.join(named)}"
        raise TypeError(message)


def _default(field: dataclasses.Field[Any]) -> object:
    return field.default if field.default_factory is _MISSING else field.default_factory()


def _compared(self: Any) -> tuple[object, ...]:  # noqa: ANN401 - as above
    return tuple(getattr(self, name) for name, field in self.__dataclass_fields__.items() if field.compare)


def _eq(self: object, other: object) -> bool:
    return _compared(self) == _compared(other) if type(other) is type(self) else NotImplemented


def _hash(self: object) -> int:
    return hash(_compared(self))


def _repr(self: Any) -> str:  # noqa: ANN401 - as above
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({values})"


def _setattr(self: object, name: str, _value: object) -> None:
    message = f"{type(self).__qualname__} is frozen: {name!r} cannot be set"
    raise dataclasses.FrozenInstanceError(message)


def _delattr(self: object, name: str) -> None:
    message = f"{type(self).__qualname__} is frozen: {name!r} cannot be deleted"
    raise dataclasses.FrozenInstanceError(message)


def _reduce(self: Any) -> tuple[type, tuple[object, ...]]:  # noqa: ANN401 - as above
    return type(self), tuple(getattr(self, name) for name in self.__match_args__)


_SHARED: Final = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__reduce__": _reduce,
}

if not TYPE_CHECKING:

    def lean_dataclass(*, frozen: Literal[True], slots: Literal[True]) -> Callable[[type[T]], type[T]]:
        """Return a decorator that makes a class a frozen dataclass with slots.

        For a type checker it is `dataclasses.dataclass`; `dataclasses.replace`, `fields` and patterns with
        values by position work as with that. All fields are arguments, by position and by name.

        Args:
            frozen: True, as `dataclasses.dataclass` has it.
            slots: True, likewise.

        Returns:
            For a class with annotated fields, without a base and without `__post_init__`: the class of the
            same name with `__slots__`.

        Raises:
            ValueError: One of the two is not true.
        """
        if not (frozen and slots):
            message = "a lean dataclass is frozen and has slots"
            raise ValueError(message)
        return _lean

    def _lean(cls: type[T]) -> type[T]:
        for name, method in _SHARED.items():
            setattr(cls, name, method)
        return dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
