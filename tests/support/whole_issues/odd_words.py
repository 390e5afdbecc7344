"""Words that are hard to set and yet legal: long, unbreakable, of any sign that the faces have."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Final

from pipeline.typography.fonts import common_coverage
from tests.support.generated.texts import Texts
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    import random

_HEX: Final = "0123456789abcdef"
_BASE64: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_LETTERS: Final = "абвгдежзийклмнопрстуфхцчшщъьюя"
_SPECIAL: Final = (
    "*", "_", "[x]", "<", ">", "&amp;", "#1", "\\", "|", "~~", "$a^2$", "…", "--", "§", "№ 5", "100 %",
    "don't", '"', "„", "“", "(a", "1/2", "3x4", "…", ":", "- ", "1. ", "http://", "@", "a@b", "{x}", "%20",
)  # fmt: skip


@functools.cache
def signs() -> str:
    """Return every sign that all faces have and that people can see."""
    faces = sorted((REPOSITORY / "fonts").rglob("*.ttf"))
    return "".join(chr(code) for code in sorted(common_coverage(faces)) if chr(code).isprintable())


def quoted(text: str) -> str:
    """Return a text as YAML between double quotes."""
    return json.dumps(text, ensure_ascii=False)


class OddWords(Texts):
    """Words of one language, with odd ones among them.

    Args:
        chance: Makes the choices.
        language: One of the languages of generated texts.
        oddness: How many words of a hundred are odd.
    """

    def __init__(self, chance: random.Random, language: str, oddness: int) -> None:
        """Keep how odd it is."""
        super().__init__(chance, language)
        self._oddness = oddness

    def word(self) -> str:
        """Return a word, now and then an odd one."""
        return self.odd() if self.chance.randrange(100) < self._oddness else super().word()

    def odd(self) -> str:
        """Return an odd word."""
        chance = self.chance
        kinds = (
            lambda: self._signs(_HEX, (32, 64, 128, 200)),
            lambda: self._signs(_BASE64, (44, 88, 172)),
            lambda: self._signs(_LETTERS, (25, 45, 80, 160, 400)),
            lambda: self._signs(signs(), (1, 5, 12)),
            self.address,
            lambda: self._joined("-", (3, 9, 20)),
            lambda: self._joined("/", (2, 8, 20)),
            lambda: self._joined("_", (2, 9)) + ".PDF",
            lambda: f"{self._host()}@{self._host()}.example.org",
            lambda: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
            lambda: chance.choice(_SPECIAL),
        )
        return chance.choice(kinds)()

    def _signs(self, of: str, lengths: tuple[int, ...]) -> str:
        return "".join(self.chance.choice(of) for _ in range(self.chance.choice(lengths)))

    def _joined(self, sign: str, lengths: tuple[int, ...]) -> str:
        return sign.join(super(OddWords, self).word() for _ in range(self.chance.choice(lengths)))

    def address(self) -> str:
        """Return a web address, of any length."""
        chance = self.chance
        path = "".join(
            f"/{''.join(chance.choice(_HEX) for _ in range(chance.choice((3, 8, 40))))}"
            for _ in range(chance.randrange(6))
        )
        query = "&".join(f"q{at}={chance.randrange(10**9)}" for at in range(chance.randrange(7)))
        return f"https://{self._host()}.example.org{path}{'?' if query else ''}{query}"

    def _host(self) -> str:
        return "".join(self.chance.choice(_HEX) for _ in range(self.chance.choice((3, 12, 60))))
