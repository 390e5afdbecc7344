"""Findings of unknown fields, with a suggestion of the field that was meant."""

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
    missing: Collection[str],
    union: Any,  # noqa: ANN401 - any annotation
) -> tuple[Finding, str]:
    """Return the finding of an unknown field, and the missing field that it is a misspelling of.

    Args:
        parents: The location of the fields it is among.
        name: As it is written.
        root: All fields of the file.
        missing: The fields that are missing there.
        union: The model, or union of models, of the file.

    Returns:
        The finding (E12), and the missing field that was probably meant, or an empty text.
    """
    node = node_at(parents, root)
    holder = node if isinstance(node, Mapping) else root
    key = holder.key(name)
    misspelt = nearest(name, missing, closeness=0.6)
    fields = _fields_at(parents, holder, union)
    free = [field for field in fields if holder.key(field) is None]
    place = key.place if key else holder.place
    guess = misspelt or nearest(name, free)
    return found("E12", place, name=name, known=", ".join(free or fields), guess=guess), misspelt


def _fields_at(parents: Location, holder: Mapping, union: Any) -> list[str]:  # noqa: ANN401 - any annotation
    """Return the fields of the model at a location, found by following the annotations."""
    models = models_in(union)
    for step in parents:
        tagged = [model for model in models if tag_of(model) == step]
        if tagged:
            models = tagged
        elif isinstance(step, str):
            models = [
                inner
                for model in models
                if step in model.model_fields
                for inner in models_in(model.model_fields[step].annotation)
            ]
    if len(models) > 1:
        models = [model for model in models if tag_of(model) == holder.text("kind")] or models
    return list(dict.fromkeys(name for model in models for name in model.model_fields))


def models_in(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - any annotation
    """Return the models of an annotation: one, or those of a union."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def tag_of(model: type[BaseModel]) -> str | None:
    """Return what the field `kind` says where a model is meant; None for a model without it."""
    field = model.model_fields.get("kind")
    if field is None or get_origin(field.annotation) is not Literal:
        return None
    return str(get_args(field.annotation)[0])
