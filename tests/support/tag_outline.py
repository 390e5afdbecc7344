"""The tags of a PDF as an outline, read back from the file: `python -m tests.support.tag_outline FILE.pdf`.

Each line is a tag: its type, its attributes, and its own words. It shares no code with the program that wrote
the file: tags, marked content and fonts are read by ISO 32000-1.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOLD = ("/Alt", "/Lang", "/ID")
_LONGEST = 60


def outline(path: Path, longest: int = _LONGEST) -> list[str]:
    """Return the outline, a line a tag, each level two spaces in; long texts are cut."""
    with pikepdf.open(path) as pdf:
        reader = _TagReader(pdf)
        return list(reader.lines(pdf.Root.StructTreeRoot, 0, None, longest))


def untagged(path: Path) -> list[str]:
    """Return the marked content of pages that belongs to no tag."""
    with pikepdf.open(path) as pdf:
        reader = _TagReader(pdf)
        list(reader.lines(pdf.Root.StructTreeRoot, 0, None, _LONGEST))
        return [
            f"page {page + 1}: {text}"
            for page, texts in enumerate(reader.texts)
            for number, text in texts.items()
            if (page, number) not in reader.used
        ]


class _TagReader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        self.texts = [_texts(page) for page in pdf.pages]
        self.used: set[tuple[int, int]] = set()

    def lines(self, element: Any, depth: int, page: int | None, longest: int) -> Iterator[str]:
        if "/Pg" in element:
            page = self.pages[element.Pg.objgen]
        kids: Any = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        if "/S" in element:
            own = "".join(self._words(kid, page) for kid in kids)
            yield (
                "  " * (depth - 1)
                + " ".join((str(element.S)[1:], *_attributes_of(element), _cut(own, longest))).rstrip()
            )
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from self.lines(kid, depth + 1, page, longest)

    def _words(self, kid: Any, page: int | None) -> str:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            return self._text(self.pages[kid.Pg.objgen], int(kid.MCID))
        if isinstance(kid, int):
            assert page is not None, "a number without a page"
            return self._text(page, kid)
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            return "→"
        return ""

    def _text(self, page: int, number: int) -> str:
        assert (page, number) not in self.used, f"page {page + 1} holds mark {number} twice"
        self.used.add((page, number))
        return self.texts[page][number]


def _attributes_of(element: Any) -> Iterator[str]:
    for name in _TOLD:
        if name in element:
            yield f"{name[1:]}={_cut(str(element[name]), 40)!r}"
    attributes: Any = element.get("/A", [])
    for held in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        for name in ("/Scope", "/ListNumbering", "/ColSpan", "/RowSpan"):
            if name in held:
                yield f"{name[1:]}={str(held[name]).removeprefix('/')}"
        if "/BBox" in held:
            yield "BBox"


def _cut(text: str, longest: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[:longest]}…"


def _texts(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of each mark of a page."""
    texts: dict[int, str] = {}
    current: list[int | None] = []
    letters: dict[int, str] = {}
    wide = True
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "BDC" and "/MCID" in operands[1]:
            current.append(int(operands[1].MCID))
            texts[int(operands[1].MCID)] = ""
        elif operator in {"BDC", "BMC"}:
            current.append(None)
        elif operator == "EMC":
            current.pop()
        elif operator == "Tf":
            font = page.resources.Font[str(operands[0])]
            letters, wide = _letters(font), font.Subtype == "/Type0"
        elif operator in {"Tj", "TJ"} and current and current[-1] is not None:
            parts = operands[0] if operator == "TJ" else [operands[0]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    texts[current[-1]] += _decoded(bytes(part), letters, wide=wide)
    return texts


def _decoded(string: bytes, letters: dict[int, str], *, wide: bool) -> str:
    size = 2 if wide else 1
    codes = [int.from_bytes(string[at : at + size], "big") for at in range(0, len(string), size)]
    return "".join(letters.get(code, "?") for code in codes)


def _letters(font: Any) -> dict[int, str]:
    """Read the Unicode text of a font's codes (ToUnicode, 9.10.3)."""
    told = font.ToUnicode.read_bytes().decode("latin-1")
    letters: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", told, re.DOTALL):
        for code, meaning in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            letters[int(code, 16)] = bytes.fromhex(meaning).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", told, re.DOTALL):
        for first, last, meaning in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                letters[int(first, 16) + step] = chr(int(meaning, 16) + step)
    return letters


if __name__ == "__main__":
    sys.stdout.write("\n".join(outline(Path(sys.argv[1]))) + "\n")
