"""Values as YAML writes them: a single one on its line, lists and fields on lines of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

Value = Sequence["Value"] | Mapping[str, "Value"] | str | None
"""What a YAML file of ours holds: texts, nothing, lists and fields; numbers and dates are texts too."""

_PLAIN: Final = re.compile(r"[A-Za-zА-Яа-я][\w .-]*[\w.]")
"""What YAML takes for text without quotes."""

_FILE_NAME: Final = re.compile(r"\w[\w.-]*\.[a-z]{2,4}")
"""What begins with a digit, but is no number for its ending."""

_UNSEEN: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What no file of ours may hold as it is; what comes before the space, JSON escapes by itself."""

_RESERVED: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off"})


def yaml_text(text: str) -> str:
    """Write a text so that YAML reads it back; JSON strings are YAML (YAML 1.2, 1.2)."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED
    return text if plain or _FILE_NAME.fullmatch(text) else quoted_text(text)


def quoted_text(text: str) -> str:
    """Write a text in double quotes; signs that no editor shows are written by their numbers."""
    written = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)


def holds_unseen(text: str) -> bool:
    """Tell whether a text has a sign that is only written by its number."""
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
        opening: What it stands behind: a field's name with its colon, or the dash of a list.
    """
    if not value or isinstance(value, str):
        return [f"{opening} {yaml_value(value)}"]
    if isinstance(value, Mapping):
        inner = [line for key, each in value.items() for line in yaml_lines(each, f"{yaml_text(key)}:")]
    else:
        inner = [line for item in value for line in yaml_lines(item, "-")]
    indented = [f"  {line}" for line in inner]
    return [f"- {inner[0]}", *indented[1:]] if opening == "-" else [opening, *indented]
