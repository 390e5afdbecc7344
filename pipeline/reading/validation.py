"""Validates nodes into models; errors become findings with places."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.files.yaml_nodes import Mapping, Node, Scalar, Sequence
from pipeline.findings.finding import Finding, found
from pipeline.reading.locations import node_at
from pipeline.reading.refusals import refusal
from pipeline.reading.unknown_fields import models_in, tag_of, unknown_field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pydantic_core import ErrorDetails

    from pipeline.findings.place import Place
    from pipeline.models.issue import Places

T = TypeVar("T")

_COLOURS: Final = frozenset({"main", "accent", "srgb"})
"""Fields of colours."""


class AnyOf(Generic[T]):
    """A union of models that the field `kind` tells apart.

    Args:
        union: The annotation, as `Annotated[A | B, Field(discriminator="kind")]`.
    """

    def __init__(self, union: Any) -> None:  # noqa: ANN401 - a union is no type of its own
        """Build no validator yet: that of all models takes as long as reading some articles."""
        self.union = union
        self._models = {tag_of(model): model for model in models_in(union)}

    @functools.cached_property
    def adapter(self) -> TypeAdapter[T]:
        """The validator of the whole union."""
        return TypeAdapter(self.union)

    def validate(self, values: dict[str, Any], context: dict[str, Any]) -> T:
        """Return the model of some values.

        Raises:
            ValidationError: As the validator of the whole union raises it.
        """
        kind = values.get("kind")
        if isinstance(kind, str) and (model := self._models.get(kind)) is not None:
            with contextlib.suppress(ValidationError):
                valid: Any = model.model_validate(values, context=context)
                return valid  # type: ignore[no-any-return]  # one of the union
        return self.adapter.validate_python(values, context=context)


def adapter_of(model: type[T]) -> TypeAdapter[T]:
    """Return the validator of a model, built once: that takes as long as reading some articles."""
    kept: Any = model
    return _adapter(kept)


@functools.cache
def _adapter(model: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a cache knows no type variable
    return TypeAdapter(model)


def fill(
    model: type[T] | AnyOf[T], node: Mapping, language: str | None = None
) -> tuple[T | None, list[Finding]]:
    """Fill a model from nodes.

    Args:
        model: A model, or a union of models.
        node: The fields as read.
        language: The language to take of `{bg: …, en: …}`.

    Returns:
        The model or None, and a finding for each error.
    """
    union = model.union if isinstance(model, AnyOf) else model
    validate = model.validate if isinstance(model, AnyOf) else adapter_of(model).validate_python
    try:
        filled = validate(plain_values(node), context={"language": language})
        return filled, list(_empty_fields(node, ()))
    except ValidationError as error:
        required = [
            key
            for detail in error.errors(include_url=False, include_input=False)
            if (key := _key_written_empty(detail, node)) is not None
        ]
        return None, [*_empty_fields(node, required), *_findings(error, node, union)]


def places_of(node: Node, language: str | None = None, path: str = "") -> Places:
    """Return the place of every value by dotted path; of a text in several languages, that in `language`."""
    places: dict[str, Place] = {path: node.place} if path else {}
    children: list[tuple[str, Node]] = []
    if isinstance(node, Mapping):
        children = [(key.text or "", value) for key, value in node.fields]
    elif isinstance(node, Sequence):
        children = [(str(index), item) for index, item in enumerate(node.items)]
    for name, child in children:
        places |= places_of(child, language, f"{path}.{name}" if path else name)
        if name == language and path:
            places[path] = child.place
    return places


def _empty_fields(node: Node, required: Collection[Scalar]) -> Iterator[Finding]:
    """Report fields without a value (E16), even optional ones: somebody meant to fill them in.

    Args:
        node: Where they are looked for.
        required: The keys of those that may not be left out.
    """
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _empty_fields(item, required)
    elif isinstance(node, Mapping):
        for key, value in node.fields:
            if _is_empty(value):
                yield _empty_field(key, is_required=key in required)
            yield from _empty_fields(value, required)


def _empty_field(key: Scalar, *, is_required: bool) -> Finding:
    if key.text in _COLOURS:
        # An unquoted colour is a comment to YAML, and leaves its field empty.
        return found("E441", key.place, name=key.text)
    return found("E16", key.place, name=key.text, guess=key.text if is_required else "")


def _is_empty(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.text is None


def plain_values(node: Node) -> Any:  # noqa: ANN401 - text, lists and fields
    """Return the text, list or fields of a node without places and without empty fields."""
    if isinstance(node, Mapping):
        return {key.text: plain_values(value) for key, value in node.fields if not _is_empty(value)}
    if isinstance(node, Sequence):
        return [plain_values(item) for item in node.items]
    return node.text


def _findings(error: ValidationError, root: Mapping, union: Any) -> list[Finding]:  # noqa: ANN401 - a union is no type of its own
    details = error.errors(include_url=False, include_input=False)
    missing = {detail["loc"]: detail for detail in details if detail["type"] == "missing"}
    result = []
    for detail in details:
        if detail["type"] != "extra_forbidden":
            continue
        *parents, name = detail["loc"]
        at = tuple(parents)
        absent = [str(other[-1]) for other in missing if other[:-1] == at]
        finding, slip = unknown_field(at, str(name), root=root, missing=absent, union=union)
        missing.pop((*at, slip), None)
        result.append(finding)
    for detail in details:
        error_type = detail["type"]
        if error_type == "extra_forbidden" or (error_type == "missing" and detail["loc"] not in missing):
            continue
        node = node_at(detail["loc"], root)
        if _key_written_empty(detail, root) is not None:
            continue
        if error_type == "too_short" and isinstance(node, Sequence) and node.items:
            continue  # only because its items have errors of their own
        result.append(refusal(detail, root))
    return result


def _key_written_empty(detail: ErrorDetails, root: Mapping) -> Scalar | None:
    """Return the key of a missing field that is there but without a value, which is a finding of its own."""
    if detail["type"] not in {"missing", "union_tag_not_found"}:
        return None
    *parents, name = detail["loc"] or ("kind",)
    if detail["type"] == "union_tag_not_found":
        parents, name = [], "kind"
    holder = node_at(tuple(parents), root)
    fields = holder if isinstance(holder, Mapping) else root
    return fields.key(str(name)) if _is_empty(fields.get(str(name))) else None
