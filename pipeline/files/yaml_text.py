"""Writes values as YAML: in flow style on one line, or in block style on lines of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

Value = Sequence["Value"] | Mapping[str, "Value"] | str | None
"""A value of a YAML file: text, None, list or fields; numbers and dates are text too."""

_PLAIN: Final = re.compile(r"[A-Za-zА-Яа-я][\w .-]*[\w.]")
"""Text that YAML reads as text without quotes."""

_FACT: Final = re.compile(r"\d[\d.,:-]*(?: [A-Z]{3})?")
"""Dates, times, numbers and amounts of money, as they stand in the fields of an article."""

_FILE_NAME: Final = re.compile(r"\w[\w.-]*\.[a-z]{2,4}")
"""File names: such text may begin with a digit, but its ending shows that it is no number."""

_UNSEEN: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters to escape besides those before U+0020, which JSON escapes by itself."""

_RESERVED: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off"})


def yaml_text(text: str) -> str:
    """Write a text so that YAML reads it back; JSON strings are YAML (YAML 1.2, 1.2)."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED
    return text if plain or _FILE_NAME.fullmatch(text) else quoted_text(text)


def is_fact(text: str) -> bool:
    """Return whether a text is a date or an amount, which is written without quotes: `2024-01`, `500 EUR`."""
    return _FACT.fullmatch(text) is not None


def quoted_text(text: str) -> str:
    """Write a text in double quotes; characters that no editor shows are escaped."""
    written = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)


def holds_unseen(text: str) -> bool:
    """Return whether a text has a character that is written escaped."""
    return _UNSEEN.search(text) is not None


def yaml_value(value: Value) -> str:
    """Write a value on one line (flow style, YAML 1.2, 7.4)."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return yaml_text(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{yaml_text(key)}: {yaml_value(each)}" for key, each in value.items()) + "}"
    return f"[{', '.join(map(yaml_value, value))}]"


def yaml_lines(value: Value, opening: str) -> list[str]:
    """Write a value on lines of its own (block style, YAML 1.2, 8.2).

    Args:
        value: The value.
        opening: What comes before it: a field's name with its colon, or the dash of a list.
    """
    if not value or isinstance(value, str):
        return [f"{opening} {yaml_value(value)}"]
    if isinstance(value, Mapping):
        inner = [line for key, each in value.items() for line in yaml_lines(each, f"{yaml_text(key)}:")]
    else:
        inner = [line for item in value for line in yaml_lines(item, "-")]
    indented = [f"  {line}" for line in inner]
    return [f"- {inner[0]}", *indented[1:]] if opening == "-" else [opening, *indented]
