"""A field that no model knows: which was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from pipeline.files.yaml_nodes import Mapping
from pipeline.findings.finding import Finding, found
from pipeline.findings.suggestions import nearest
from pipeline.reading.locations import node_at

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.reading.locations import Location


def unknown_field(
    parents: Location,
    name: str,
    *,
    root: Mapping,
    wanted: Collection[str],
    union: Any,  # noqa: ANN401 - any annotation
) -> tuple[Finding, str]:
    """Name an unknown field; one that looks like a missing one is a slip in its name, and one finding.

    Args:
        parents: Where it stands.
        name: As it is written.
        root: All fields of the file.
        wanted: The fields that are missing there.
        union: The model, or union of models, of the file.

    Returns:
        The finding (E12), and the missing field that is meant, or an empty text.
    """
    node = node_at(parents, root)
    holder = node if isinstance(node, Mapping) else root
    key = holder.key(name)
    slip = nearest(name, wanted, closeness=0.6)
    fields = _fields_at(parents, holder, union)
    free = [field for field in fields if holder.key(field) is None]
    place = key.place if key else holder.place
    guess = slip or nearest(name, free)
    return found("E12", place, name=name, known=", ".join(free or fields), guess=guess), slip


def _fields_at(parents: Location, holder: Mapping, union: Any) -> list[str]:  # noqa: ANN401 - any annotation
    """Return the fields of the model at a place, found by walking the annotations."""
    models = _models(union)
    for step in parents:
        tagged = [model for model in models if _tag(model) == step]
        if tagged:
            models = tagged
        elif isinstance(step, str):
            models = [
                inner
                for model in models
                if step in model.model_fields
                for inner in _models(model.model_fields[step].annotation)
            ]
    if len(models) > 1:
        models = [model for model in models if _tag(model) == holder.text("kind")] or models
    return list(dict.fromkeys(name for model in models for name in model.model_fields))


def _models(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - any annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def _tag(model: type[BaseModel]) -> str | None:
    field = model.model_fields.get("kind")
    if field is None or get_origin(field.annotation) is not Literal:
        return None
    return str(get_args(field.annotation)[0])
