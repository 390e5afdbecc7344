"""Single values as YAML writes them."""

from __future__ import annotations

import json
import re
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-zА-Яа-я][\w .-]*[\w.]")
"""What YAML takes for text without quotes."""

_MEANT: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off"})


def yaml_text(text: str) -> str:
    """Write a text so that YAML reads it back; JSON strings are YAML (YAML 1.2, 1.2)."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _MEANT
    return text if plain else json.dumps(text, ensure_ascii=False)
