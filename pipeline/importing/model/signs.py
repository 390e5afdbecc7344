"""Signs that the shipped faces lack, and those they have that mean the same.

The faces have letters, signs and emoji; some signs of word processors, beyond the first plane, are in none.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LIKE: Final = {
    "→": "🠂🠊🠖🠚🠞🡂🡆🡒🡢🡪🡲🡺🢂🢒🢖🢚🖝",
    "←": "🠀🠈🠔🠘🠜🡀🡄🡐🡠🡨🡰🡸🢀🢐🢔🢘🖜",
    "↑": "🠁🠉🠕🠙🠝🡁🡅🡑🡡🡩🡱🡹🢁🢑🢕🢙",
    "↓": "🠃🠋🠗🠛🠟🡃🡇🡓🡣🡫🡳🡻🢃🢓🢗🢛",
    "↔": "🡘",
    "✔": "🗸",
    "❌": "🗴🗶",
    "☑": "🗹",
    "☒": "🗷🗵",
    "⬜": "🞎🞏🞐🞑🗆",
    "⬛": "🞓",
    "▪": "🞌🞍",
    "•": "🞄🞅🔾🔿🞆🞇🞈",
    "◊": "🞙🞚🞛🞜",
    "⭐": "🟉🟊",
    "☎": "🕿🕻🕼🕽🕾",
    "✉": "🖂🖃🖄🖅🖆",
    "✍": "🖉🖎",
    "👈": "🖘",
    "👉": "🖙🖛🖝",
    "👆": "🖞🖗🖢",
    "👇": "🖟🖣",
    "👍": "🖒",
    "👎": "🖓",
    "📖": "🕮",
    "💾": "🖫🖪🖬",
    "📄": "🗋🗎🗏🖹🗅",
    "📁": "🗀",
    "📂": "🗁",
    "🔔": "🕭",
    "✝": "🕆🕇🕈",
}
_IN_THE_FACES: Final = frozenset("ªº²³¹¼½¾⅓⅔№℮™")
_COMPOSED: Final = (
    *range(0x2100, 0x214F),
    *range(0x2150, 0x2180),
    *range(0x3380, 0x33DF),
    *range(0xFB00, 0xFB07),
)
"""℃, fractions, Roman numerals, units of measure and ligatures (Unicode, 22.3, 15.3, 22.6)."""


def _spelt(code: int) -> str:
    return unicodedata.normalize("NFKC", chr(code)).replace("\u2044", "/")


_SPELT: Final = {
    **{
        code: _spelt(code)
        for code in _COMPOSED
        if chr(code) not in _IN_THE_FACES and unicodedata.normalize("NFKC", chr(code)) != chr(code)
    },
    **dict.fromkeys(map(ord, "―⸺⸻─━"), "—"),
    **dict.fromkeys(map(ord, "‒﹘"), "–"),
    **dict.fromkeys(map(ord, "▸‣⁃"), "•"),
    0x2025: "..",
}
_TABLE: Final = {
    **_SPELT,
    **{ord(sign): like for like, signs in _LIKE.items() for sign in signs},
}
_SETTABLE: Final = frozenset(
    "©¬®°±·×÷ƒΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω•…⁄€™←↑→↓↔∂∏∑−√∞∫≈≠≤≥⌛⏩⏪⏭⏮"
    "⏸⏹⏺▪▶◀◊◼◾☁☎☑☝☪☯☸☹☺♈♉♊♋♌♍♎♏♐♑♒♓♠♣♥♦♿⚫⛳⛷✂✈✉✌✍✔✝✡❄❌❓⬛⬜⭐🌍🌎🌏🌕🌜🌡🌤🌥🌦🌧🌨🌩🌪🌫🌬🌶🍸🍽🎓🎖🎗🎙🎚🎛🎞🎟🎧🎬🎭🎮🏂🏄"
    "🏆🏊🏋🏌🏍🏎🏔🏕🏖🏗🏘🏙🏚🏛🏜🏝🏞🏟🏠🏭🏳🏵🏷🐈🐕🐟🐦🐿👁👂👆👇👈👉👍👎👓👪👽💣💰💳💻💾💿📁📂📄📋📖📚📟📤📥📦📪📫📬📭📷📹📺📻📽🔈🔍🔒🔓🔔🕉🕊🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛🕜"
    "🕝🕞🕟🕠🕡🕢🕣🕤🕥🕦🕧🕯🕰🕳🕴🕵🕶🕷🕸🕹🖇🖊🖋🖌🖍🖐🖥🖨🖱🖲🖼🗂🗃🗄🗑🗒🗓🗜🗝🗞🗡🗣🗨🗯🗳🗺😐🚇🚍🚑🚔🚘🚭🚲🚹🚺🚼🛋🛍🛎🛏🛠🛡🛢🛣🛤🛥🛩🛰🛳"
)
"""The signs beyond ASCII that symbol fonts show and the shipped faces have; those of `_SIGNS` as well."""

_SIGNS: Final = range(0x2190, 0x2C00)
"""Arrows, operators, figures and dingbats, all of which the shipped faces have."""

_ALONE: Final = re.compile("[\ue000-\uf8ff]")
_LETTER: Final = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
_JOINERS: Final = re.compile(f"(?<=[{_LETTER}])[\u200c\u200d]+|[\u200c\u200d]+(?=[{_LETTER}\\s]|$)")
_MARKS: Final = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


def plain_signs(text: str) -> str:
    """Return a text with signs that the faces have; its letters, digits and spaces stay.

    Signs of no standard (the private-use characters of symbol fonts) and marks that nobody sees are left out:
    those of direction, zero-width spaces, and joiners beside letters that do not join.
    """
    if text.isascii():
        return text
    return _ALONE.sub("", _MARKS.sub("", _JOINERS.sub("", text.translate(_TABLE))))


def private_signs(text: str) -> list[str]:
    """Return the signs of a text that no standard defines, each once."""
    return list(dict.fromkeys(_ALONE.findall(text)))


def is_settable(sign: str) -> bool:
    """Return whether the faces have what a symbol font shows."""
    return all(each.isascii() or each in _SETTABLE or ord(each) in _SIGNS for each in sign)


def spelt_signs(text: str) -> str:
    """Return a text with such signs spelt: „⅛“ as „1/8“, „Ⅳ“ as „IV“, „℃“ as „°C“, „―“ as „—“.

    Args:
        text: Any; its letters and digits stay those they are (NFKC).
    """
    return text if text.isascii() else text.translate(_SPELT)
