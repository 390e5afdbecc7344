"""Word files with lists by rule: forms, labels, starts, restarts, levels without a parent, styles."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.importing.by_rule.word_writing import WordFile, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES: Final = 120
_FORMS: Final = (
    "decimal",
    "decimal",
    "decimal",
    "lowerLetter",
    "upperLetter",
    "upperRoman",
    "lowerRoman",
    "bullet",
)
_SIGNS: Final = ("{}.", "{}.", "{})", "({})")
_LEVELS: Final = 4


class ListFile(NamedTuple):
    """A Word file with lists.

    Args:
        name: Its name.
        data: The file.
        words: The words of each of its paragraphs, each its own.
    """

    name: str
    data: bytes
    words: tuple[str, ...]


def list_files() -> Iterator[ListFile]:
    """Yield the files; each time the same."""
    for number in range(FILES):
        yield _file(number)


def _file(number: int) -> ListFile:
    chance = random.Random(f"lists {number}")
    definitions = [_definition(at, chance) for at in range(2)]
    lists = [_list(1, 0, ""), _list(2, 0, _override(chance)), _list(3, 1, ""), _list(4, 1, _override(chance))]
    styles = (
        '<w:style w:type="paragraph" w:styleId="Points"><w:name w:val="Points"/><w:pPr><w:numPr>'
        '<w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Derived"><w:name w:val="Derived"/><w:basedOn w:val="Points"/>'
        "</w:style>"
    )
    body, words = [], []
    level = 0
    for at in range(14):
        said = f"дума{at} от файл{number}"
        words.append(said)
        kind = chance.random()
        level = max(0, min(_LEVELS - 1, level + chance.choice((-2, -1, 0, 0, 0, 1, 1))))
        if kind < 0.15:
            properties = ""
        elif kind < 0.25:
            properties = f'<w:pStyle w:val="{chance.choice(("Points", "Derived"))}"/>'
        else:
            chosen = chance.choice((1, 1, 1, 2, 3, 4))
            properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{chosen}"/></w:numPr>'
        body.append(paragraph(run(said), properties))
    file = WordFile("".join(body), styles, "".join((*definitions, *lists)))
    return ListFile(f"lists-{number}.docx", file.data(), tuple(words))


def _definition(identifier: int, chance: random.Random) -> str:
    levels: list[str] = []
    forms: list[str] = []
    for at in range(_LEVELS):
        form = chance.choice(_FORMS)
        label = chance.choice(_SIGNS).format(f"%{at + 1}")
        forms.append(form)
        # Programs differ in `lvlRestart`, `isLgl` and the numbers of bullets: there is no common truth.
        if at and "bullet" not in forms and chance.random() < 0.4:
            label = "".join(f"%{each + 1}." for each in range(at + 1))
        if form == "bullet":
            label = "•"
        start = chance.choice((1, 1, 1, 1, 3, 5))
        levels.append(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{label}"/></w:lvl>'
        )
    return (
        f'<w:abstractNum w:abstractNumId="{identifier}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
    )


def _list(identifier: int, definition: int, override: str) -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>'


def _override(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return ""
    at, start = chance.choice((0, 0, 1)), chance.choice((1, 1, 4, 7))
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
