"""Edits of the files of an issue as an author makes them, drawn at random, for tests and measurements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

_PARAGRAPH: Final = re.compile(r"(?<=\n\n)[А-Яа-яA-Za-z„“].+?(?=\n\n|\n?\Z)", re.DOTALL)
_WORDS: Final = (
    *("нова", "дума", "стои", "тук", "между", "другите", "и", "още", "една"),
    *("библиотеката", "предизвикателства", "на", "с", "за", "първи", "път", "от", "години"),
)
KINDS: Final = ("word", "word", "word", "fewer", "paragraph", "removal", "long", "heading", "typo")
"""Kinds of edits, those that are made most often more often."""


def random_edit(text: str, rnd: Random) -> str:
    """Return the text of an article with one edit; the same text where there is nothing to edit.

    Args:
        text: As the file has it.
        rnd: Where chance comes from.
    """
    _, mark, body = text.partition("\n---\n")
    paragraphs = list(_PARAGRAPH.finditer(body))
    if not paragraphs:
        return text
    chosen = rnd.choice(paragraphs)
    return text[: len(text) - len(body)] + _edited(body, chosen, rnd, len(paragraphs)) if mark else text


def _edited(body: str, chosen: re.Match[str], rnd: Random, count: int) -> str:
    kind, before, after = rnd.choice(KINDS), body[: chosen.start()], body[chosen.end() :]
    words = chosen[0].split(" ")
    at = rnd.randrange(len(words))
    if kind == "word":
        words.insert(at, rnd.choice(_WORDS))
    elif kind == "fewer" and len(words) > 4:
        del words[at : at + rnd.randint(1, 3)]
    elif kind == "typo":
        words[at] += rnd.choice("абвгд")
    elif kind == "removal" and count > 2:
        return before.rstrip("\n") + "\n\n" + after.lstrip("\n")
    added = {"paragraph": rnd.randint(3, 60), "long": rnd.randint(100, 400), "heading": 4}.get(kind)
    new = " ".join(rnd.choices(_WORDS, k=added)) if added else ""
    sign = "## " if kind == "heading" else ""
    return before + " ".join(words) + (f"\n\n{sign}{new.capitalize()}" if new else "") + after


def edit_issue(folder: Path, rnd: Random) -> Path:
    """Edit one article of an issue, and return its file."""
    path = rnd.choice(sorted(folder.glob("*.md")))
    path.write_text(random_edit(path.read_text("utf-8"), rnd), "utf-8")
    return path
