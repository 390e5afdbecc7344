"""The attributes in braces after a picture: `{.wide credit="…" consent=yes}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.findings.suggestions import nearest
from pipeline.models.text import Consent, Measure

if TYPE_CHECKING:
    from pipeline.findings.place import Place

_MARK = re.compile(
    r"\.(?P<measure>[\w-]+)(?=[\s}]|$)"
    r"|(?P<name>[\w-]+)=(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"}]+))(?=[\s}]|$)"
    r"|(?P<other>\S+)"
)
_TYPOGRAPHIC_QUOTES: Final = dict.fromkeys(map(ord, "„“”«»"), '"')
"""As word processors set them, are accepted too."""

_MEASURES: Final = tuple(measure for measure in Measure if measure is not Measure.TEXT)
_NAMES: Final = ("credit", "consent", "focus")
_FOCUS: Final = re.compile(r"(\d{1,3}) ?%?[ ,]+(\d{1,3}) ?%?")
_WHOLE: Final = 100
LONGEST: Final = 1000
"""The most characters in the braces."""

_BULGARIAN: Final = {"да": "yes", "не": "no"}


class Marks(NamedTuple):
    """The attributes of a picture.

    Args:
        measure: The width the picture is set to.
        credit: Who made it, or an empty text.
        consent: Whether those shown agreed, or None.
        focus: The point to keep where it is cropped, in per cent from the left and from the top, or None.
    """

    measure: Measure = Measure.TEXT
    credit: str = ""
    consent: Consent | None = None
    focus: tuple[int, int] | None = None


def closing_brace(text: str, start: int) -> int:
    """Return the position of the brace that closes the one at `start`, outside quotes, or -1."""
    quoted = False
    for at in range(start + 1, min(len(text), start + LONGEST)):
        if text[at] == '"':
            quoted = not quoted
        elif text[at] == "}" and not quoted:
            return at
    return -1


def read_marks(text: str, place: Place) -> tuple[Marks, list[Finding]]:
    """Read the attributes of a picture.

    Args:
        text: The text between the braces.
        place: The picture's place.

    Returns:
        The attributes, and findings: unknown (E26, E59), given twice (E38), no consent (E57).
    """
    findings: list[Finding] = []
    given: dict[str, str] = {}
    measure = Measure.TEXT
    for match in _MARK.finditer(text.translate(_TYPOGRAPHIC_QUOTES)):
        name = match["name"]
        if match["measure"] in _MEASURES:
            measure = Measure(match["measure"])
        elif name in given:
            findings.append(found("E38", place, found=name))
        elif name in _NAMES:
            given[name] = (match["quoted"] if match["bare"] is None else match["bare"]).strip()
        else:
            findings.append(_unknown_attribute(match, text, place))
    consent, wrong = _consent(given.get("consent"), place)
    focus, odd = _focus(given.get("focus"), place)
    return Marks(measure, given.get("credit", ""), consent, focus), findings + wrong + odd


def _focus(written: str | None, place: Place) -> tuple[tuple[int, int] | None, list[Finding]]:
    if written is None:
        return None, []
    match = _FOCUS.fullmatch(written)
    point = (int(match[1]), int(match[2])) if match else (_WHOLE + 1, 0)
    if max(point) > _WHOLE:
        return None, [found("E26", place, found=written[:60], choices="50 20", guess="")]
    return point, []


def _unknown_attribute(match: re.Match[str], text: str, place: Place) -> Finding:
    if match["name"]:
        return found("E59", place, found=match["name"], guess=nearest(match["name"], _NAMES))
    written = match["measure"] or text[slice(*match.span("other"))]
    guess = nearest(written.lstrip("."), _MEASURES)
    dot = "." if match["measure"] else ""
    return found("E59", place, found=f"{dot}{written}"[:60], guess=f".{guess}" if guess else "")


def _consent(written: str | None, place: Place) -> tuple[Consent | None, list[Finding]]:
    if written is None:
        return None, []
    word = _BULGARIAN.get(written.casefold(), written)
    if word not in set(Consent):
        choices = ", ".join(Consent)
        return None, [found("E26", place, found=written[:60], choices=choices, guess=nearest(word, Consent))]
    return Consent(word), [found("E57", place)] if word == Consent.NO else []
