"""What the server of the tests answers: a dictionary and a typesetter that a test can reckon with."""

from __future__ import annotations

import re
from typing import Any

from pipeline.typography.microtypography.setting import set_text as typeset


def misspelt_in(texts: list[str]) -> dict[str, Any]:
    """Return words with a doubled щ as misspelt, with suggestions; places are counted as Python counts."""
    found = [
        {
            "text": number,
            "start": match.start(),
            "end": match.end(),
            "suggestions": [match[0].replace("щщ", "щ"), "друга"],
        }
        for number, text in enumerate(texts)
        for match in re.finditer(r"\w*щщ\w*", text)
    ]
    return {"misspelt": found}


def set_text(text: str) -> str:
    """Return a text with the typography of Bulgarian."""
    return typeset(text, "bg")
