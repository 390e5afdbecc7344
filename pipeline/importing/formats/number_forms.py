"""Numbers and texts of cells as a form of Excel shows them (ECMA-376, 18.8.31)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<unshown>\[[^\]]*\]|[_*].)'
    r"|(?P<general>(?i:general|standard))|(?P<power>[Ee][+-])|(?P<slot>[0#?])|(?P<sign>.)",
    re.DOTALL,
)
_CONDITION: Final = re.compile(r"\[(?P<than><=|>=|<>|<|>|=)(?P<bound>-?\d+(?:[.,]\d+)?)\]")
_SECTION: Final = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*', re.DOTALL)
_CLOSING: Final = re.compile(r"[^\w\s%‰°€$£№]")
"""What stands close behind a number: a point, an ending with a hyphen, a parenthesis."""

_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]', re.DOTALL)
_GROUPED: Final = re.compile("[\u00a0 ]##0$")
"""A form in which the thousands are parted by a space that is written out."""

_DIVIDED: Final = re.compile(r"(?:(?P<whole>[0#?]+) +)?[0#?]+ ?/ ?(?P<divisor>[?#0]+|\d+)")
_MOST_PLACES: Final = 10
_MOST_WHOLE: Final = 10**15
"""Excel keeps fifteen digits of a number."""

_MOST_SECTIONS: Final = 4
_WITH_ZERO: Final = 3


class _Token(NamedTuple):
    kind: str
    text: str


def shown_number(number: float, form: str, decimal: str) -> str:
    """Return a number as its form shows it; an empty text where the form shows nothing.

    Args:
        number: The value of the cell.
        form: Up to four sections: for positive and negative numbers, for zero, for text.
        decimal: The sign before decimal places.
    """
    section, is_signed = _section_for(number, form)
    tokens = _tokens(section)
    kinds = {token.kind for token in tokens}
    if not tokens:
        return ""
    sign = "-" if is_signed and number < 0 else ""
    amount = abs(Decimal(repr(number)))
    masked = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), section)
    match = _DIVIDED.search(masked)
    if match and not re.search("[0#?]", masked[: match.start()]):
        before, behind = (
            _literals(_tokens(section[: match.start()])),
            _literals(_tokens(section[match.end() :])),
        )
        digits = _fraction(amount, match["divisor"], whole=match["whole"] is not None)
        return _joined(before, digits, behind, sign if digits.strip("0/") else "")
    if "slot" not in kinds:
        return _without_slots(tokens, number, decimal)
    first = next(at for at, token in enumerate(tokens) if token.kind == "slot")
    if first and tokens[first - 1] == _Token("sign", "."):
        first -= 1
    last = next(at for at in reversed(range(len(tokens))) if tokens[at].kind == "slot") + 1
    while last < len(tokens) and tokens[last] == _Token("sign", ","):
        last += 1
    percents = sum(token == _Token("sign", "%") for token in tokens)
    digits = _digits(amount * 100**percents, tokens[first:last], decimal)
    before, behind = _literals(tokens[:first]), _literals(tokens[last:])
    return _joined(before, digits, behind, sign if re.search("[1-9]", digits) else "")


def shown_text(text: str, form: str) -> str:
    """Return a text as its form shows it; an empty text where the form shows nothing.

    Args:
        text: The value of the cell.
        form: Its form, of which the fourth section, or one with “@”, is for text.
    """
    sections = _sections(form)
    if len(sections) >= _MOST_SECTIONS:
        section = sections[_MOST_SECTIONS - 1]
    elif any(token == _Token("sign", "@") for token in _tokens(sections[-1])):
        section = sections[-1]
    else:
        return text
    tokens = _tokens(section)
    if not tokens:
        return ""
    if {token.kind for token in tokens} == {"general"}:
        return text
    return "".join(
        text if token == _Token("sign", "@") else "" if token.kind == "unshown" else token.text
        for token in tokens
    ).strip()


def general(number: float, decimal: str) -> str:
    """Return a number without a form; a whole one, which may be a code, with all its digits."""
    if number == int(number) and abs(number) < _MOST_WHOLE:
        return str(int(number))
    return f"{number:.{_MOST_PLACES}g}".replace(".", decimal)


# sections


def _sections(form: str) -> list[str]:
    sections: list[str] = []
    at = 0
    while at <= len(form):
        match = _SECTION.match(form, at)
        assert match is not None  # noqa: S101 - it matches an empty text, too
        sections.append(match[0])
        at = match.end() + 1
    return sections[:_MOST_SECTIONS]


def _section_for(number: float, form: str) -> tuple[str, bool]:
    """Return the section of a form that shows a number, and whether a minus is put before it."""
    sections = _sections(form)[: _MOST_SECTIONS - 1]
    if len(sections) > 1 and any(token == _Token("sign", "@") for token in _tokens(sections[-1])):
        sections.pop()
    if any(_CONDITION.search(each) for each in sections[:2]):
        chosen = next((each for each in sections[:2] if _holds(number, each)), sections[-1])
        return _CONDITION.sub("", chosen), True
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) == _WITH_ZERO:
        return sections[2], False
    return sections[0], True


def _holds(number: float, section: str) -> bool:
    match = _CONDITION.search(section)
    if match is None:
        return False
    bound = float(match["bound"].replace(",", "."))
    return {
        "<": number < bound,
        ">": number > bound,
        "<=": number <= bound,
        ">=": number >= bound,
        "=": number == bound,
        "<>": number != bound,
    }[match["than"]]


def _tokens(section: str) -> list[_Token]:
    return [
        _Token(
            "literal" if match.lastgroup in {"quoted", "escaped", "currency"} else str(match.lastgroup), text
        )
        for match in _TOKEN.finditer(section)
        for text in [match[str(match.lastgroup)]]
    ]


def _literals(tokens: list[_Token]) -> str:
    """Return what tokens show besides the digits: a width that is kept free is a space."""
    return "".join(
        " " if token.text.startswith("_") else "" if token.kind == "unshown" else token.text
        for token in tokens
        if token.kind in {"literal", "sign", "unshown"}
    )


def _joined(before: str, digits: str, behind: str, sign: str) -> str:
    """Return digits with what stands before and behind them; units are set apart."""
    before = f"{before.strip()} " if before.endswith(" ") and before.strip() else before.strip()
    parted = " " if behind.startswith(" ") or (digits and not _CLOSING.match(behind.strip())) else ""
    unit = f"{parted}{behind.strip()}" if behind.strip() else ""
    return f"{sign}{before}{digits}{unit}".strip()


def _without_slots(tokens: list[_Token], number: float, decimal: str) -> str:
    written = general(number, decimal)
    kinds = {token.kind for token in tokens}
    if "general" in kinds:
        at = next(at for at, token in enumerate(tokens) if token.kind == "general")
        return _joined(_literals(tokens[:at]), written, _literals(tokens[at + 1 :]), "")
    if any(token == _Token("sign", "@") for token in tokens):
        return _literals(tokens).replace("@", written).strip()
    return _literals(tokens).strip()


# digits


def _digits(amount: Decimal, tokens: list[_Token], decimal: str) -> str:
    """Return the digits of an amount by the slots of a form, with what stands between them."""
    power = next((at for at, token in enumerate(tokens) if token.kind == "power"), None)
    if power is not None:
        return _with_power(amount, tokens[:power], tokens[power], len(tokens) - power - 1, decimal)
    point = next((at for at, token in enumerate(tokens) if token == _Token("sign", ".")), len(tokens))
    whole, places = tokens[:point], [token.text for token in tokens[point:] if token.kind == "slot"]
    end = max((at for at, token in enumerate(whole) if token.kind == "slot"), default=-1) + 1
    scaled = [token for token in (*whole[end:], *tokens[point:]) if token == _Token("sign", ",")]
    whole = whole[:end]
    amount /= Decimal(1000) ** len(scaled)
    count = min(len(places), _MOST_PLACES)
    rounded = amount.quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP)
    written, _, behind = f"{rounded:f}".partition(".")
    for place in reversed(places[:count]):
        if place == "0" or not behind.endswith("0"):
            break
        behind = behind[:-1]
    if written == "0" and not places and all(token.text != "0" for token in whole):
        # “#” shows no zero.
        return ""
    is_grouped = _Token("sign", ",") in whole or _GROUPED.search("".join(token.text for token in whole))
    shown = _grouped(written, whole) if is_grouped else _filled(written, whole)
    return f"{shown}{decimal if behind else ''}{behind}"


def _grouped(written: str, whole: list[_Token]) -> str:
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", " ", _padded(written, whole))


def _padded(written: str, whole: list[_Token]) -> str:
    """Return digits with the zeros that a form demands before them: one in each slot from the first."""
    slots = [token.text for token in whole if token.kind == "slot"]
    return written.zfill(len(slots) - slots.index("0") if "0" in slots else 0)


def _filled(written: str, whole: list[_Token]) -> str:
    """Return digits in their slots, with what the form puts between them."""
    left = list(_padded(written, whole))
    filled = ""
    for token in reversed(whole):
        if not left:
            break
        between = " " if token.kind == "unshown" else token.text
        filled = (left.pop() if token.kind == "slot" else between) + filled
    return "".join(left) + filled


def _with_power(amount: Decimal, slots: list[_Token], power: _Token, width: int, decimal: str) -> str:
    exponent = amount.adjusted() if amount else 0
    digits = _digits(amount.scaleb(-exponent), slots, decimal)
    sign = "-" if exponent < 0 else "+" if power.text.endswith("+") else ""
    return f"{digits}E{sign}{abs(exponent):0{width}}"


def _fraction(amount: Decimal, divided: str, *, whole: bool) -> str:
    """Return an amount as a fraction, “1 1/2”, by its divisor or by the digits it may have."""
    units = int(amount) if whole else 0
    if divided.isdigit() and int(divided):
        parts, divisor = round((amount - units) * int(divided)), int(divided)
    else:
        best = Fraction(amount - units).limit_denominator(10 ** len(divided) - 1)
        parts, divisor = best.numerator, best.denominator
    if whole and parts >= divisor:
        units, parts = units + 1, 0
    return f"{units} {parts}/{divisor}" if units and parts else f"{parts}/{divisor}" if parts else f"{units}"
