"""Nodes → models: what Pydantic refuses becomes findings with places, by its error types alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from pipeline.files.yaml_nodes import Mapping, Node, Scalar, Sequence
from pipeline.findings.finding import Finding, found
from pipeline.findings.suggestions import nearest
from pipeline.findings.translatable import N_
from pipeline.models.codes import COUNTRIES, CURRENCIES
from pipeline.models.values import is_web_address

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from pipeline.findings.place import Place
    from pipeline.models.issue import Places

T = TypeVar("T")
Where = tuple["Place", str, str]
"""A place, the name of the field there, and what is written, as far as it is a text."""


def fill(
    model: type[T] | TypeAdapter[T], node: Mapping, language: str | None = None
) -> tuple[T | None, list[Finding]]:
    """Fill a model from nodes.

    Args:
        model: A model, or an adapter of a union of models.
        node: The fields as read.
        language: Which of `{bg: …, en: …}` is taken.

    Returns:
        The model or None, and a finding for each thing that does not fit.
    """
    adapter: TypeAdapter[T] = model if isinstance(model, TypeAdapter) else TypeAdapter(model)
    empty = list(_empty_fields(node))
    try:
        return adapter.validate_python(_plain(node), context={"language": language}), empty
    except ValidationError as error:
        return None, [*empty, *_findings(error, node, adapter)]


def places_of(node: Node, language: str | None = None, path: str = "") -> Places:
    """Return the place of every value, by dotted path; of a text in many languages, that in `language`."""
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


def _empty_fields(node: Node) -> Iterator[Finding]:
    """Name the fields without a value, even those that could be left out: someone meant to fill them."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _empty_fields(item)
    elif isinstance(node, Mapping):
        for key, value in node.fields:
            if _is_empty(value):
                yield found("E16", key.place, name=key.text)
            yield from _empty_fields(value)


def _is_empty(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.text is None


def _plain(node: Node) -> Any:  # noqa: ANN401 - text, lists and fields
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.fields if not _is_empty(value)}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return node.text


def _findings(error: ValidationError, root: Mapping, adapter: TypeAdapter[Any]) -> list[Finding]:
    details = error.errors(include_url=False, include_input=False)
    missing = {detail["loc"]: detail for detail in details if detail["type"] == "missing"}
    result = []
    for detail in details:
        if detail["type"] != "extra_forbidden":
            continue
        *parents, name = detail["loc"]
        result.append(_unknown_field(tuple(parents), str(name), root, adapter, missing))
    for detail in details:
        kind = detail["type"]
        if kind == "extra_forbidden" or (kind == "missing" and detail["loc"] not in missing):
            continue
        node = _at(detail["loc"], root)
        if kind in {"missing", "union_tag_not_found"} and _is_written_empty(detail, root):
            continue
        if kind == "too_short" and isinstance(node, Sequence) and node.items:
            continue  # only because its items have errors of their own
        result.append(_finding(detail, root))
    return result


def _is_written_empty(detail: ErrorDetails, root: Mapping) -> bool:
    """Tell whether a missing field is there but without a value, which has been said already."""
    *parents, name = detail["loc"] or ("kind",)
    if detail["type"] == "union_tag_not_found":
        parents, name = [], "kind"
    holder = _at(tuple(parents), root)
    return _is_empty((holder if isinstance(holder, Mapping) else root).get(str(name)))


def _unknown_field(
    parents: tuple[int | str, ...],
    name: str,
    root: Mapping,
    adapter: TypeAdapter[Any],
    missing: dict[tuple[int | str, ...], ErrorDetails],
) -> Finding:
    """Name an unknown field; one that looks like a missing one is a slip in its name, and one finding."""
    node = _at(parents, root)
    holder = node if isinstance(node, Mapping) else root
    key = holder.key(name)
    place = key.place if key else holder.place
    wanted = [str(loc[-1]) for loc in missing if loc[:-1] == parents]
    if guess := nearest(name, wanted, closeness=0.6):
        del missing[(*parents, guess)]
    known = [field for field in _known_fields(adapter, parents, holder) if holder.key(field) is None]
    guess = guess or nearest(name, known)
    return found(
        "E12",
        place,
        name=name,
        known=", ".join(known or _known_fields(adapter, parents, holder)),
        guess=guess,
    )


def _known_fields(adapter: TypeAdapter[Any], parents: tuple[int | str, ...], holder: Mapping) -> list[str]:
    """Return the fields of the model at a place, found by walking the annotations."""
    models = _models(adapter._type)  # noqa: SLF001 - the adapter has no public name for its type
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
    kind = holder.get("kind")
    if len(models) > 1 and isinstance(kind, Scalar):
        models = [model for model in models if _tag(model) == kind.text] or models
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


def _finding(detail: ErrorDetails, root: Mapping) -> Finding:
    place, name, written = _where(detail["loc"], root)
    kind = detail["type"]
    context: dict[str, Any] = dict(detail.get("ctx") or {})
    node = _at(detail["loc"], root)
    if isinstance(node, Scalar) and node.text is None and kind != "missing":
        return found("E16", place, name=name)
    if name in _PARTS and written and not kind.startswith("bulletin_"):
        return found(_PARTS[name], place, found=written[:80])
    place = _pointed(kind, node if isinstance(node, Mapping) else root, context, place)
    if kind == "union_tag_invalid" and isinstance(tag := root.get("kind"), Scalar):
        place, written = tag.place, tag.text or ""
    if kind == "too_short" and name == "articles":
        holder = _at(detail["loc"][:-1], root)
        title = holder.get("title") if isinstance(holder, Mapping) else None
        return found("E49", place, title=title.text if isinstance(title, Scalar) else "")
    if make := _BY_TYPE.get(kind):
        return make(place, name, written, context)
    if kind.startswith(("int_", "greater_", "less_", "decimal_", "finite_")):
        return found("E24", place, found=written[:40], range=N_("that fits here"))
    return found("E15", place, wanted=N_("another kind of value"), name=name)


def _pointed(kind: str, holder: Mapping, context: dict[str, Any], place: Place) -> Place:
    """Return the field to look at, where two that do not fit each other are refused as one."""
    child = holder.get(_LOOK_AT.get(kind, ""))
    if kind == "bulletin_twice" and isinstance(child, Sequence):
        twins = [item for item in child.items if isinstance(item, Scalar) and item.text is not None]
        same = [item for item in twins if (item.text or "").strip().upper() == context["found"]]
        return same[-1].place if same else child.place
    return child.place if child is not None else place


def _where(loc: tuple[int | str, ...], root: Mapping) -> Where:
    """Return the deepest place a location leads to, the field's name, and what is written there."""
    node: Node = root
    place, name = root.place, ""
    for step in loc:
        name = step if isinstance(step, str) else name
        child = _child(node, step)
        if child is not None:
            node, place = child, child.place
    written = (node.text or "") if isinstance(node, Scalar) else ""
    return place, name, written


def _at(loc: tuple[int | str, ...], root: Node) -> Node | None:
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


_Make = Callable[["Place", str, str, dict[str, Any]], Finding]


def _plainly(code: str) -> _Make:
    """Make a finding that names what is written."""
    return lambda place, _name, written, _context: found(code, place, found=written[:80])


def _whole_address(written: str) -> str:
    """Return an address with the scheme its writer left out, where that is all it lacks."""
    whole = f"https://{written.strip()}"
    return whole if "@" not in written and is_web_address(whole) else ""


def _bare(code: str) -> _Make:
    return lambda place, _name, _written, _context: found(code, place)


def _wanted(text: str) -> _Make:
    return lambda place, name, _written, _context: found("E15", place, wanted=text, name=name)


def _out_of_range(place: Place, _name: str, written: str, context: dict[str, Any]) -> Finding:
    least, most = context.get("ge"), context.get("le")
    limits = f"≥ {least}" if least is not None else f"≤ {most}"
    return found("E24", place, found=written[:40], range=limits)


def _choice(place: Place, _name: str, written: str, context: dict[str, Any]) -> Finding:
    raw = str(context.get("expected") or context.get("expected_tags") or "")
    choices = [part.strip().strip("'") for part in raw.replace(" or ", ", ").split(",")]
    guess = nearest(written, choices, closeness=0.6)
    return found("E26", place, found=written[:80], choices=", ".join(choices), guess=guess)


def _country(place: Place, _name: str, _written: str, context: dict[str, Any]) -> Finding:
    value = str(context["found"])
    guess = nearest(value, COUNTRIES, closeness=0.9) if len(value) == 2 else ""  # noqa: PLR2004 - a code
    return found("E22", place, found=value[:80], guess=guess)


def _currency(place: Place, _name: str, _written: str, context: dict[str, Any]) -> Finding:
    value = str(context["found"])
    return found("E23", place, found=value[:80], guess=nearest(value, CURRENCIES, closeness=0.9))


_PARTS: Final = {"year": "E20", "month": "E20", "day": "E20", "amount": "E21", "currency": "E21"}
"""What dates and money are taken apart into, and how the whole is refused when a part is."""

_LOOK_AT: Final = {
    "bulletin_share": "share",
    "bulletin_currencies": "share",
    "bulletin_period": "end",
    "bulletin_online": "pdf",
    "bulletin_country_count": "country_count",
    "bulletin_twice": "countries",
}

_BY_TYPE: Final[dict[str, _Make]] = {
    "missing": lambda place, name, _written, _context: found("E13", place, name=name),
    "string_too_short": lambda place, name, _written, _context: found("E16", place, name=name),
    "too_short": lambda place, name, _written, _context: found("E16", place, name=name),
    "string_too_long": lambda place, _name, written, context: found(
        "E25", place, length=len(written), limit=context.get("max_length")
    ),
    "string_type": _wanted(N_("a single line of text")),
    "model_type": _wanted(N_("a list of fields")),
    "model_attributes_type": _wanted(N_("a list of fields")),
    "dict_type": _wanted(N_("a list of fields")),
    "tuple_type": _wanted(N_("a list with dashes")),
    "too_long": _wanted(N_("a shorter list")),
    "string_pattern_mismatch": _wanted(N_("a short name in small Latin letters, digits and hyphens")),
    "int_type": _wanted(N_("a whole number")),
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "less_than": _out_of_range,
    "literal_error": _choice,
    "enum": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": lambda place, _name, _written, _context: found("E13", place, name="kind"),
    "bulletin_date": _plainly("E20"),
    "bulletin_money": _plainly("E21"),
    "bulletin_country": _country,
    "bulletin_currency": _currency,
    "bulletin_share": _bare("E27"),
    "bulletin_period": _bare("E28"),
    "bulletin_online": _bare("E320"),
    "bulletin_currencies": lambda place, _name, _written, context: found("E29", place, **context),
    "bulletin_format": _plainly("E30"),
    "bulletin_email": _plainly("E31"),
    "bulletin_url": lambda place, _name, written, _context: found(
        "E32", place, found=written[:80], guess=_whole_address(written)
    ),
    "bulletin_issn": _plainly("E33"),
    "bulletin_language": _plainly("E35"),
    "bulletin_translation": lambda place, _name, _written, context: found("E37", place, **context),
    "bulletin_twice": lambda place, _name, _written, context: found("E38", place, found=context["found"]),
    "bulletin_country_count": lambda place, _name, _written, context: found(
        "E39", place, named=context["named"]
    ),
    "bulletin_empty_period": lambda place, _name, _written, _context: found("E16", place, name="period"),
}
