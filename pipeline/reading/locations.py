"""Where among the nodes of a file an error of Pydantic's lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.files.yaml_nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from pipeline.findings.place import Place

Location = tuple[int | str, ...]
"""Names of fields, positions in lists from 0, and names of models in a union, as Pydantic gives them."""


class Spot(NamedTuple):
    """What an error points at.

    Args:
        place: The deepest place its location leads to.
        name: The name of the field there.
        written: What is written there, as far as it is a text.
    """

    place: Place
    name: str
    written: str


def where(loc: Location, root: Mapping) -> Spot:
    """Return what a location points at."""
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
