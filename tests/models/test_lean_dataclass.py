"""A lean dataclass behaves as `dataclasses.dataclass(frozen=True, slots=True)` does."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.lean_dataclass import lean_dataclass

if TYPE_CHECKING:
    from collections.abc import Callable


class Lean:
    """The classes under test, by the names of the others."""

    @lean_dataclass(frozen=True, slots=True)
    class Shape:
        """Fields of every sort."""

        name: str
        sides: tuple[int, ...] = ()
        places: dict[str, int] = dataclasses.field(default_factory=dict, compare=False)

    @lean_dataclass(frozen=True, slots=True)
    class Empty:
        """No field."""


class Ordinary:
    """The same classes as the standard library makes them."""

    @dataclasses.dataclass(frozen=True, slots=True)
    class Shape:
        """Fields of every sort."""

        name: str
        sides: tuple[int, ...] = ()
        places: dict[str, int] = dataclasses.field(default_factory=dict, compare=False)

    @dataclasses.dataclass(frozen=True, slots=True)
    class Empty:
        """No field."""


NAMES = st.sampled_from(["name", "sides", "places", "colour"])
VALUES = st.one_of(st.text(max_size=2), st.tuples(st.integers(0, 2)), st.just({"a": 1}))
CALLS = st.tuples(st.lists(VALUES, max_size=4), st.dictionaries(NAMES, VALUES, max_size=2))


def made(kind: Any, call: tuple[list[Any], dict[str, Any]]) -> Any:
    """Return what a call of a class makes, or that it makes nothing."""
    values, named = call
    try:
        return kind(*values, **named)
    except TypeError:
        return TypeError


def hash_of(node: object) -> object:
    try:
        return hash(node)
    except TypeError:
        return TypeError


@given(CALLS, CALLS)
def test_it_is_made_compared_hashed_and_shown_alike(first: Any, second: Any) -> None:
    lean, ordinary = made(Lean.Shape, first), made(Ordinary.Shape, first)
    if ordinary is TypeError:
        assert lean is TypeError
        return
    assert dataclasses.asdict(lean) == dataclasses.asdict(ordinary)
    assert repr(lean) == repr(ordinary).replace("Ordinary", "Lean")
    assert hash_of(lean) == hash_of(ordinary)
    assert (lean == made(Lean.Shape, second)) == (ordinary == made(Ordinary.Shape, second))
    assert lean != ordinary


@pytest.mark.parametrize("kinds", [Lean, Ordinary])
def test_it_is_frozen_copied_and_matched_alike(kinds: Any) -> None:
    shape = kinds.Shape("hexagon", sides=(1, 2))
    changes: tuple[Callable[[], None], ...] = (
        lambda: setattr(shape, "name", "square"),
        lambda: delattr(shape, "name"),
        lambda: setattr(shape, "colour", "red"),
    )
    for change in changes:
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
            change()
    assert not hasattr(shape, "__dict__")
    assert shape.places is not kinds.Shape("hexagon").places
    assert pickle.loads(pickle.dumps(shape)) == copy.deepcopy(shape) == shape
    assert dataclasses.replace(shape, name="square") == kinds.Shape("square", (1, 2))
    assert kinds.Empty() == kinds.Empty()
    assert kinds.Empty() != shape
    match shape:
        case kinds.Shape(name, sides):
            assert (name, sides) == ("hexagon", (1, 2))
        case _:
            pytest.fail("its values stand in the order of its fields")


def test_another_sort_is_refused() -> None:
    with pytest.raises(ValueError, match="frozen"):
        lean_dataclass(frozen=False, slots=True)
