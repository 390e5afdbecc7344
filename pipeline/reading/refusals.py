"""Validation errors of Pydantic as findings with places, by their error types alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from pipeline.files.yaml_nodes import Mapping, Scalar, Sequence
from pipeline.findings.finding import Finding, found
from pipeline.findings.suggestions import nearest
from pipeline.findings.translatable import N_
from pipeline.models.values.codes import COUNTRIES, CURRENCIES
from pipeline.models.values.date_notations import date_guess
from pipeline.models.values.strings import is_web_address
from pipeline.reading.locations import Spot, node_at, where

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from pipeline.findings.place import Place


_FindingBuilder = Callable[[Spot, dict[str, Any]], Finding]
"""Builds the finding of an error from its target and its context (`ctx`)."""


def refusal(detail: ErrorDetails, root: Mapping) -> Finding:
    """Return an error of Pydantic's as a finding.

    Args:
        detail: The error; its type and its context are used, not its message.
        root: All fields of the file.
    """
    spot = where(detail["loc"], root)
    error_type = detail["type"]
    context: dict[str, Any] = dict(detail.get("ctx") or {})
    node = node_at(detail["loc"], root)
    if isinstance(node, Scalar) and node.text is None and error_type != "missing":
        return found("E16", spot.place, name=spot.name)
    if spot.name in _PARTS and spot.written and not error_type.startswith("bulletin_"):
        return found(_PARTS[spot.name], spot.place, found=spot.written[:80])
    if error_type == "too_short" and spot.name == "articles":
        holder = node_at(detail["loc"][:-1], root)
        title = holder.text("title") if isinstance(holder, Mapping) else ""
        return found("E49", spot.place, title=title)
    if error_type == "union_tag_invalid" and isinstance(tag := root.get("kind"), Scalar):
        spot = Spot(tag.place, spot.name, tag.text or "")
    else:
        corrected_place = _place_to_correct(error_type, node if isinstance(node, Mapping) else root, context)
        spot = spot._replace(place=corrected_place or spot.place)
    return _finding_builder(error_type)(spot, context)


def _place_to_correct(error_type: str, holder: Mapping, context: dict[str, Any]) -> Place | None:
    """Return the place of the field to correct, where two that contradict each other are refused as one."""
    child = holder.get(_LOOK_AT.get(error_type, ""))
    if error_type == "bulletin_twice" and isinstance(child, Sequence):
        twins = [item for item in child.items if isinstance(item, Scalar) and item.text is not None]
        same = [item for item in twins if (item.text or "").strip().upper() == context["found"]]
        return same[-1].place if same else child.place
    return child.place if child is not None else None


def _finding_builder(error_type: str) -> _FindingBuilder:
    if wording := _BY_TYPE.get(error_type):
        return wording
    if error_type.startswith(("int_", "greater_", "less_", "decimal_", "finite_")):
        return lambda spot, _: found("E24", spot.place, found=spot.written[:40], range=N_("in digits alone"))
    return _wrong_type(N_("another kind of value"))


_WANTED: Final = {"funder": N_("the “key” of a funder from publication.yaml, not its name,")}
"""What is wanted in fields that are easily taken for others."""


# findings by type of error


def _with_place(code: str) -> _FindingBuilder:
    """Return a function that builds a finding with its place alone."""
    return lambda spot, _: found(code, spot.place)


def _with_name(code: str, name: str = "") -> _FindingBuilder:
    """Return a function that builds a finding with the name of the field."""
    return lambda spot, _: found(code, spot.place, name=name or spot.name)


def _with_text(code: str) -> _FindingBuilder:
    """Return a function that builds a finding with the text written."""
    return lambda spot, _: found(code, spot.place, found=spot.written[:80])


def _with_context(code: str, *names: str) -> _FindingBuilder:
    """Return a function that builds a finding with values of the context, which the validator fills."""
    return lambda spot, context: found(code, spot.place, **{name: context[name] for name in names})


def _empty(spot: Spot, _: dict[str, Any]) -> Finding:
    """Return the finding of a value without text, of a field that may be required."""
    return found("E16", spot.place, name=spot.name, guess=spot.name)


def _wrong_type(wanted: str) -> _FindingBuilder:
    """Return a function that builds a finding (E15) with the sort of value the field takes."""
    return lambda spot, _: found("E15", spot.place, wanted=_WANTED.get(spot.name, wanted), name=spot.name)


def _with_inks(spot: Spot, context: dict[str, Any]) -> Finding:
    """Show what was written, be it a line of text or a list."""
    written = spot.written or str(context["found"]).replace("'", "")
    return found("E442", spot.place, found=written[:80])


def _out_of_range(spot: Spot, context: dict[str, Any]) -> Finding:
    least, most = context.get("ge"), context.get("le")
    limits = f"≥ {least}" if least is not None else f"≤ {most}"
    return found("E24", spot.place, found=spot.written[:40], range=limits)


def _too_long(spot: Spot, context: dict[str, Any]) -> Finding:
    return found("E25", spot.place, length=len(spot.written), limit=context.get("max_length"))


_IN_WORDS: Final = {
    "статия": "article",
    "новина": "article",
    "news": "article",
    "проект": "project",
    "събитие": "event",
    "покана": "event",
    "съобщение": "notice",
    "обява": "notice",
    "announcement": "notice",
    "новина от член": "member_news",
    "галерия": "gallery",
    "снимки": "gallery",
    "photos": "gallery",
    "партньори": "partners",
    "да": "yes",
    "не": "no",
    "не е нужно": "not-needed",
}
"""Choices as people call them, by what is written for them in the files."""


def _choice(spot: Spot, context: dict[str, Any]) -> Finding:
    raw = str(context.get("expected") or context.get("expected_tags") or "")
    choices = [part.strip().strip("'") for part in raw.replace(" or ", ", ").split(",")]
    meant = _IN_WORDS.get(" ".join(spot.written.casefold().split()), "")
    guess = meant if meant in choices else nearest(spot.written, choices, closeness=0.6)
    return found("E26", spot.place, found=spot.written[:80], choices=", ".join(choices), guess=guess)


def _web_address(spot: Spot, _: dict[str, Any]) -> Finding:
    """Suggest the address with `https://` in front, where only the scheme is missing."""
    whole = f"https://{spot.written.strip()}"
    guess = whole if "@" not in spot.written and is_web_address(whole) else ""
    return found("E32", spot.place, found=spot.written[:80], guess=guess)


def _date(spot: Spot, _: dict[str, Any]) -> Finding:
    """Suggest a date that is written in words, or with further signs, as files have it."""
    return found("E20", spot.place, found=spot.written[:80], guess=date_guess(spot.written))


def _country(spot: Spot, context: dict[str, Any]) -> Finding:
    value = str(context["found"])
    guess = nearest(value, COUNTRIES, closeness=0.9) if len(value) == 2 else ""  # noqa: PLR2004 - a code
    return found("E22", spot.place, found=value[:80], guess=guess)


def _currency(spot: Spot, context: dict[str, Any]) -> Finding:
    value = str(context["found"])
    return found("E23", spot.place, found=value[:80], guess=nearest(value, CURRENCIES, closeness=0.9))


_PARTS: Final = {"year": "E20", "month": "E20", "day": "E20", "amount": "E21", "currency": "E21"}
"""The parts of dates and money, and the code for the whole when a part is refused."""

_LOOK_AT: Final = {
    "bulletin_share": "share",
    "bulletin_currencies": "share",
    "bulletin_period": "end",
    "bulletin_online": "pdf",
    "bulletin_country_count": "country_count",
    "bulletin_twice": "countries",
}

_BY_TYPE: Final[dict[str, _FindingBuilder]] = {
    "missing": _with_name("E13"),
    "string_too_short": _empty,
    "too_short": _empty,
    "string_too_long": _too_long,
    "string_type": _wrong_type(N_("a single line of text")),
    "model_type": _wrong_type(N_("a list of fields")),
    "model_attributes_type": _wrong_type(N_("a list of fields")),
    "dict_type": _wrong_type(N_("a list of fields")),
    "tuple_type": _wrong_type(N_("a list with dashes")),
    "too_long": _wrong_type(N_("a shorter list")),
    "string_pattern_mismatch": _wrong_type(N_("a short name in small Latin letters, digits and hyphens")),
    "int_type": _wrong_type(N_("a whole number")),
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "less_than": _out_of_range,
    "literal_error": _choice,
    "enum": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _with_name("E13", "kind"),
    "bulletin_date": _date,
    "bulletin_money": _with_text("E21"),
    "bulletin_country": _country,
    "bulletin_currency": _currency,
    "bulletin_share": _with_place("E27"),
    "bulletin_period": _with_place("E28"),
    "bulletin_online": _with_place("E320"),
    "bulletin_currencies": _with_context("E29", "first", "second"),
    "bulletin_colour": _with_text("E440"),
    "bulletin_inks": _with_inks,
    "bulletin_faces": _with_place("E443"),
    "bulletin_format": _with_text("E30"),
    "bulletin_email": _with_text("E31"),
    "bulletin_url": _web_address,
    "bulletin_ink_name": _with_text("E457"),
    "bulletin_issn": _with_text("E33"),
    "bulletin_language": _with_text("E35"),
    "bulletin_translation": _with_context("E37", "language"),
    "bulletin_twice": _with_context("E38", "found"),
    "bulletin_country_count": _with_context("E39", "named"),
    "bulletin_empty_period": _with_name("E16", "period"),
}
