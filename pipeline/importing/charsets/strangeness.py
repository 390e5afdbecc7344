"""How strange a text looks: small for what people write, large for what a wrong decoding makes of it.

Only characters outside ASCII count, for the charsets of Europe agree in ASCII. A letter costs the more the
rarer it is in its languages (the negative logarithm of its share), so that the letters of one alphabet read
by the table of another cost more than those that were written; letters of two alphabets in a word, capitals
within a word, signs between letters and control characters cost extra.
"""

from __future__ import annotations

import math
import re
import unicodedata
from itertools import pairwise
from typing import Final, NamedTuple

LONGEST: Final = 20_000
"""The most characters that are judged: of a longer text its beginning."""

_MIXED: Final = 2.5
_CAPITAL: Final = 2.0
_BETWEEN: Final = 3.0
_CLOSING: Final = 2.0
_CONTROL: Final = 8.0
_DRAWN: Final = 7.0
_SYMBOL: Final = 6.0
_USUAL: Final = 4.0
_RARE: Final = 5.5
_OTHER_SCRIPT: Final = 3.0
_IDEOGRAPH: Final = 6.0
_SWAPPED: Final = 4.0
_LATIN_WORD: Final = 2.0
_UNVOWELLED: Final = 2.0
_PAIR: Final = 2
_ALONE: Final = frozenset("авеийоукясэжбїіαηοωτàáóéèêöåæø")
"""The letters that are words."""


def _costs(*shares: str) -> dict[str, float]:
    """Return the cost of each letter, given as letters followed by their share in thousands."""
    costs: dict[str, float] = {}
    for written in shares:
        for letters, share in re.findall(r"(\D+?)([\d.]+)\s*", written):
            costs |= {letter: -math.log(float(share) / 1000) for letter in letters}
    return costs


_CYRILLIC: Final = _costs(
    "а125 е95 о95 и85 т80 н70 р52 в46 п34 с50 к40 д33 л38 з20 м26 ъ15 я16 г16 б14 ч12 у22 й10 ж7 ц6 ф4 щ5 ш6 "
    "х8 ю4 ь10 ы12 э2 ё1 і20 ї4 є4 ґ0.8 ј20 љ4 њ5 ћ5 ђ3 џ1 ў2 ѝ2 ќ1 ѓ1 ѕ0.5"
)
_GREEK: Final = _costs(
    "α90 ο80 ι75 ε65 τ75 ν65 σ45 ς40 η40 υ35 ρ40 π40 κ38 μ32 λ27 θ12 δ17 γ17 χ11 ω17 φ8 β8 ξ4 ζ3 ψ1.5 "
    "ά18 έ17 ό20 ί24 ή16 ύ12 ώ11 ϊ1 ΐ0.7 ϋ0.3 ΰ0.1"
)
_LATIN: Final = _costs("éèöäüß70 çñáíóúãõâêîôàøåæëïùû60 čšžćřěůýłąęśżźńőűțșţşăğıđ45")
_SCRIPTS: Final = {"CYRILLIC": _CYRILLIC, "GREEK": _GREEK, "LATIN": _LATIN}
_USUAL_SIGNS: Final = frozenset("£„“”‘’‚–—…«»№§€•·©®°±²³½¼¾×÷→←≥≤−™☺✓\u00a0\u00ad\u200b\u200d\u2009\u202f")
_WITHIN_WORDS: Final = frozenset("’\u00ad\u200b\u200c\u200d\u2060\u2010\u2011\u00a0\u2009\u202f")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ABROAD: Final = re.compile(r"[^\x00-\x7f]")
_DRAWING: Final = range(0x2500, 0x25A0)
_PRIVATE: Final = range(0xE000, 0xF900)
_CYRILLIC_CONSONANTS: Final = re.compile("[бвгджзйклмнпрстфхцчшщ]{5,}|[аеиоуъюя]{4,}")


class Strangeness(NamedTuple):
    """How strange a text is.

    Args:
        cost: Of all its characters outside ASCII together.
        letters: How many these are.
    """

    cost: float
    letters: int

    @property
    def mean(self) -> float:
        """The cost of a character; what people write is below 3.4 or so."""
        return self.cost / self.letters if self.letters else 0.0


def strangeness(text: str) -> Strangeness:
    """Return how strange a text looks.

    Args:
        text: Any; of a long one the beginning is judged.
    """
    text = unicodedata.normalize("NFC", text[:LONGEST])
    words = (match for match in _WORD.finditer(text) if not match[0].isascii())
    signs = (match for match in _ABROAD.finditer(text) if not match[0].isalpha())
    cost = math.fsum(
        _cost_of_word(match[0], alone=_is_strange_alone(match[0], text, match.start(), match.end()))
        for match in words
    ) + math.fsum(
        _cost_of_sign(match[0], text[: match.start()][-1:], text[match.end() :][:1]) for match in signs
    )
    return Strangeness(cost, len(_ABROAD.findall(text)))


def script_of(letter: str) -> str:
    """Return the script of a letter as Unicode names it: `LATIN`, `CYRILLIC`."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _is_strange_alone(word: str, text: str, start: int, end: int) -> bool:
    """Return whether a letter stands alone that is no word: no unit (“60 м”), not shortened (“х. Вихрен”)."""
    if len(word) > 1 or word.lower() in _ALONE or text[end : end + 1] == ".":
        return False
    return not text[:start][-2:].rstrip("\u00a0 ")[-1:].isdigit()


def _cost_of_word(word: str, *, alone: bool) -> float:
    abroad = [letter for letter in word if not letter.isascii()]
    cost = math.fsum(map(_cost_of_letter, abroad))
    scripts = {script_of(letter) for letter in word}
    if len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1:
        cost += _MIXED * len(abroad)
    elif scripts == {"LATIN"} and len(word) > _PAIR and len(abroad) > len(word) / 2:
        # No language of Europe has words of which most letters carry marks.
        cost += _LATIN_WORD * len(abroad)
    if alone:
        cost += _MIXED
    cost += _CAPITAL * sum(before.islower() and after.isupper() for before, after in pairwise(word))
    if len(word) > _PAIR and word[0].islower() and word[1:].isupper():
        cost += _SWAPPED
    return cost + _UNVOWELLED * len(_CYRILLIC_CONSONANTS.findall(word.lower()))


def _cost_of_letter(letter: str) -> float:
    known = _SCRIPTS.get(script_of(letter))
    if known is None:
        return _IDEOGRAPH if letter >= "\u2e80" else _OTHER_SCRIPT
    return known.get(letter.lower(), _RARE)


def _cost_of_sign(sign: str, before: str, after: str) -> float:
    code, category = ord(sign), unicodedata.category(sign)
    if category in {"Cc", "Cn"} or sign == "\ufffd" or code in _PRIVATE:
        return _CONTROL
    if category.startswith("M"):
        return 0.0
    cost = _DRAWN if code in _DRAWING else _USUAL if sign in _USUAL_SIGNS else _SYMBOL
    if before.isalpha() and after.isalpha() and sign not in _WITHIN_WORDS:
        return cost + _BETWEEN
    return cost + (_CLOSING if sign in "”»…" and after.isalpha() else 0.0)
