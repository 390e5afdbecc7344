"""The node of a file that a location of Pydantic points at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.files.yaml_nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from pipeline.findings.place import Place

Location = tuple[int | str, ...]
"""Names of fields, positions in lists from 0, and names of models in a union, as Pydantic gives them."""


class Spot(NamedTuple):
    """The target of a location.

    Args:
        place: The place of the deepest node on its path.
        name: The name of the field there.
        written: The text written there; empty where it is no single value.
    """

    place: Place
    name: str
    written: str


def where(loc: Location, root: Mapping) -> Spot:
    """Return the target of a location."""
    node: Node = root
    place, name = root.place, ""
    for step in loc:
        name = step if isinstance(step, str) else name
        child = _child(node, step)
        if child is not None:
            node, place = child, child.place
    written = (node.text or "") if isinstance(node, Scalar) else ""
    return Spot(place, name, written)


def node_at(loc: Location, root: Node) -> Node | None:
    """Return the node at a location; steps that only name a kind of article are passed over."""
    node: Node = root
    for step in loc:
        child = _child(node, step)
        if child is not None:
            node = child
        elif isinstance(step, str) and not (isinstance(node, Mapping) and step == loc[0] and len(loc) > 1):
            return None if step == loc[-1] else node
    return node


def _child(node: Node, step: int | str) -> Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None
