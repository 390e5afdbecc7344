"""The rules in the order they are applied, for every language and for each."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

NBSP: Final = "\u00a0"
_S: Final = "[ \u00a0]"


class Rule(NamedTuple):
    """A pattern and what takes the place of what it finds."""

    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str]


class _Habits(NamedTuple):
    """What a language's printers are used to.

    Args:
        dash: The dash between words.
        range_sign: What stands between the two numbers of a range.
        decimal: The decimal sign.
        months: Names of months that a day's number is bound to.
        units: What is counted or measured, after a number.
        scales: Thousand, million: they bind to a number and to the unit behind them.
        leaders: Abbreviations and titles bound to what follows them.
        before_numbers: Words bound to a number that follows.
        closed: Abbreviations that a space before a number is put after.
        trailers: Abbreviations bound to the word before them.
        letters: Words of one letter, as a character class; bound to the next word.
    """

    dash: str
    range_sign: str
    decimal: str
    months: str = ""
    units: str = ""
    scales: str = ""
    leaders: str = ""
    before_numbers: str = ""
    closed: str = ""
    trailers: str = ""
    letters: str = r"[^\W\d_]"


_METRIC: Final = (
    r"(?:мм|см|дм|км|м|мг|кг|г|т|л|мл|ч|мин|сек|с|кВт|МВт|kW|MW|mm|cm|km|m|kg|t|ha|MB|GB|KB|kB|Mbit|ppi|pt)"
    r"(?![\w-])"
)

_BULGARIAN: Final = _Habits(
    dash="–",
    range_sign=f"{NBSP}–{NBSP}",
    decimal=",",
    months=r"януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември|"
    r"яну?\.|февр?\.|апр\.|авг\.|септ?\.|окт\.|ноем\.|дек\.",
    units=r"г\.|год\.|години?|месеца?|дни|дена?|часа?|души|човека|евро|евроцент\w*|лева?|лв\.?|долара?|процента?|"
    r"стр\.|бр\.|пъти|участници|организации|държави|партньора?|страни",
    scales=r"хил\.?|хиляди|млн\.?|милиона?|млрд\.?|милиарда?",
    leaders=r"д-р|проф\.|доц\.|инж\.|арх\.|акад\.|адв\.|ас\.|г-н|г-жа|г-ца|ул\.|бул\.|гр\.|пл\.|ж\.к\.|кв\.|обл\.|общ\.|св\.|чл\.-кор\.|зам\.",
    before_numbers=r"№|бр\.|брой|чл\.|ал\.|стр\.|с\.|т\.|ет\.|ап\.|вх\.|бл\.|офис|фиг\.|табл\.|гл\.|§|п\.к\.|тел\.",
    closed=r"№|бр\.|чл\.|ал\.|стр\.|ет\.|ап\.|вх\.|бл\.|фиг\.|табл\.|п\.к\.",
    trailers=r"т\. ?н\.|т\.\u00a0?н\.|т\. ?ч\.|др\.|пр\.|сл\.",
)
_RUSSIAN: Final = _Habits(
    dash="—",
    range_sign="–",
    decimal=",",
    months=r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря",
    units=r"г\.|гг\.|год\w*|лет|евро|руб\w*\.?|долл\w*\.?|человек\w*|участник\w*|стран\w*|месяц\w*|дн\w+",
    scales=r"тыс\.?|тысяч\w*|млн\.?|миллион\w*|млрд\.?|миллиард\w*",
    leaders=r"д-р|проф\.|акад\.|г-н|г-жа|ул\.|пр\.|г\.|им\.|св\.",
    before_numbers=r"№|§|ст\.|п\.|с\.|стр\.|рис\.|табл\.|гл\.|т\.|д\.|кв\.|офис|тел\.",
    closed=r"№|стр\.|рис\.|табл\.",
    trailers=r"т\. ?д\.|т\. ?п\.|т\. ?ч\.|др\.|пр\.",
)
_UKRAINIAN: Final = _Habits(
    dash="—",
    range_sign="–",
    decimal=",",
    months=r"січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня",
    units=r"р\.|рр\.|р[оі]к\w*|євро|грн\.?|гривень|гривні|дол\w*\.?|осіб|учасник\w*|країн\w*|місяц\w*|дн\w+",
    scales=r"тис\.?|тисяч\w*|млн\.?|мільйон\w*|млрд\.?|мільярд\w*",
    leaders=r"д-р|проф\.|акад\.|вул\.|просп\.|м\.|ім\.|св\.|пан|пані",
    before_numbers=r"№|§|ст\.|п\.|с\.|стор\.|рис\.|табл\.|розд\.|т\.|буд\.|кв\.|офіс|тел\.",
    closed=r"№|стор\.|рис\.|табл\.",
    trailers=r"т\. ?д\.|т\. ?п\.|т\. ?ч\.|ін\.",
)
_ENGLISH: Final = _Habits(
    dash="–",
    range_sign="–",
    decimal=".",
    months="January|February|March|April|May|June|July|August|September|October|November|December",
    units=r"euros?|years?|months?|days?|weeks?|hours?|minutes?|people|participants|countries|organisations|"
    r"partners|members|pages|per cent|a\.m\.|p\.m\.|am|pm|EUR|USD|GBP|BGN",
    scales=r"thousand|million|billion|mn|bn",
    leaders=r"Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Prof\.?|St\.?|Eng\.",
    before_numbers=r"No\.|Nos\.|no\.|p\.|pp\.|Fig\.|fig\.|Table|Section|Chapter|Vol\.|vol\.|§|Article|Issue",
    trailers=r"et al\.|etc\.",
    letters="[aAIO]",
)
_ANY: Final = _Habits(dash="–", range_sign="–", decimal="")
_SERBIAN: Final = _Habits(
    dash="–",
    range_sign="–",
    decimal=",",
    months=r"јануара?|фебруара?|марта?|априла?|маја?|јуна?|јула?|августа?|септембра?|октобра?|новембра?|децембра?",
    units=r"г\.|год\.|година|године|евра|динара|дин\.|земаља|месеци|дана|учесника",
    scales=r"хиљада|милиона?|милијарди|мил\.",
    before_numbers=r"бр\.|стр\.|чл\.|тел\.",
    leaders=r"др|проф\.|ул\.",
)

_HABITS: Final = {
    "bg": _BULGARIAN,
    "en": _ENGLISH,
    "ru": _RUSSIAN,
    "uk": _UKRAINIAN,
    "sr": _SERBIAN,
}


@functools.cache
def rules_for(language: str) -> tuple[Rule, ...]:
    """Return the rules of a language, in order; a language we do not know gets what holds for all."""
    tag = language.split("-")[0]
    habits = _HABITS.get(tag, _ANY)
    return (
        *_spaces(),
        *_points(tag),
        *_numbers(habits),
        *_dashes(habits),
        *_bindings(habits),
    )


def _rule(pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> Rule:
    if isinstance(replacement, str):
        fixed = replacement
        return Rule(re.compile(pattern), lambda match: match.expand(fixed))
    return Rule(re.compile(pattern), replacement)


def _spaces() -> tuple[Rule, ...]:
    return (
        _rule(r"[\u2000-\u200a\u202f\u205f\u3000]", NBSP),
        _rule(r"[ \u00a0\t]{2,}", lambda match: NBSP if NBSP in match[0] else " "),
        _rule(r"\t", " "),
        # no space before a sign that ends something, if something ended and nothing follows at once
        _rule(rf"(?<=[^\s\u00a0\d.]){_S}(?=[,;:!?](?:[\s\u00a0)\]“”»]|$))", ""),
        _rule(rf"(?<=[^\s\u00a0.]){_S}(?=\.(?:[\s\u00a0)\]“”»]|$))", ""),
        _rule(rf"(?<=[(\[]){_S}(?=\S)", ""),
        _rule(rf"(?<=[^\s\u00a0(\[]){_S}(?=[)\]])", ""),
        _rule(rf"(?<=[„«]){_S}(?=\w)", ""),
    )


def _points(tag: str) -> tuple[Rule, ...]:
    rules = [_rule(r"(?<!\.)\.\.\.(?!\.)", "…")]
    if tag in {"en", "uk", "fr", "it"}:
        rules.append(_rule(r"(?<=[^\W\d_])'(?=[^\W\d_])", "’"))
    if tag == "bg":
        months = _BULGARIAN.months.split("яну?")[0].rstrip("|")
        rules.append(_rule(rf"\bм{_S}(?=(?:{months})\b)", f"м.{NBSP}"))
    return tuple(rules)


def _numbers(habits: _Habits) -> tuple[Rule, ...]:
    rules = [
        # groups of thousands stay together
        _rule(
            rf"(?<![\d.,\u00a0])\d{{1,3}}(?:{_S}\d{{3}})+(?!\d)",
            lambda match: match[0].replace(" ", NBSP),
        ),
    ]
    counted = _either(habits.scales, habits.units, r"%|€|°", _METRIC)
    if habits.decimal == ",":
        rules.append(_rule(rf"(?<![\d.,])(\d{{1,3}})\.(\d{{1,3}})(?!{_S}?ч)(?={_S}?(?:{counted}))", r"\1,\2"))
    if habits.closed:
        rules.append(_rule(rf"(?<!\w)({habits.closed})(?=\d)", rf"\1{NBSP}"))
    return tuple(rules)


def _dashes(habits: _Habits) -> tuple[Rule, ...]:
    def ranged(match: re.Match[str]) -> str:
        low, high = match[1], match[2]
        rises = int(low) < int(high) and len(low) <= len(high)
        return f"{low}{habits.range_sign}{high}" if rises else match[0]

    clock = r"\d{1,2}[:.]\d{2}"
    return (
        _rule(
            rf"(?<![\w.,:/–—-])(?<!{_S}[-–—])(\d{{1,4}}){_S}?[-–—]{_S}?(\d{{1,4}})(?![\d\w:/–—-])(?!{_S}?[-–—])(?![.,]\d)",
            ranged,
        ),
        _rule(rf"(?<![\w:.-])({clock}){_S}?[-–—]{_S}?({clock})(?![\d:-])", rf"\1{habits.range_sign}\2"),
        # between words: a dash that never begins a line
        _rule(rf"(?<=[^\s\u00a0])(?:{_S}[-–—]|{_S}?--{_S}?|{_S}?—(?={_S}))(?:{_S}|(?<=--))(?=\S)", _spaced(habits)),
    )


def _spaced(habits: _Habits) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        if match.end() < len(match.string) and match.string[match.end()] in "-–—":
            return match[0]
        # Between the numbers of a range both sides stay bound, as the rule before has set them.
        set_range = f"{NBSP}–{NBSP}"
        if match[0] == set_range and habits.range_sign == set_range:
            return match[0]
        return f"{NBSP}{habits.dash} "

    return replace


def _bindings(habits: _Habits) -> tuple[Rule, ...]:
    counted = _either(habits.months, habits.scales, habits.units, r"[%‰€°]", _METRIC)
    rules = [
        _rule(rf"(?<=\d) (?=(?:{counted})(?!\w))", NBSP),
        _rule(r"(?<=[№§]) (?=\S)", NBSP),
        _rule(r"(?<=\d) (?=[×÷])|(?<=×) (?=\d)", NBSP),
        # initials with the name behind them
        _rule(r"(?<![^\W_])([^\W\d_a-zа-яёїієґђјљњћџ])\. (?=[^\W\d_a-zа-яёїієґ])", rf"\1.{NBSP}"),
    ]
    if habits.scales:
        units = _either(habits.units, r"[€$£]")
        rules.append(_rule(rf"(?<!\w)({habits.scales}) (?=(?:{units})(?!\w))", rf"\1{NBSP}"))
    if habits.leaders:
        rules.append(_rule(rf"(?<![\w.])({habits.leaders}) (?=\w)", rf"\1{NBSP}"))
    if habits.before_numbers:
        rules.append(_rule(rf"(?<![\w.])({habits.before_numbers}) (?=\d)", rf"\1{NBSP}"))
    if habits.trailers:
        rules.append(_rule(rf"(?<=\w) (?=(?:{habits.trailers})(?!\w))", NBSP))
    # A word of one letter goes with the next one; twice, for a chain of them shares its spaces.
    one_letter = _rule(rf"(?<![\w\u2019'-])({habits.letters}) (?=[^\s\u00a0–—-])", rf"\1{NBSP}")
    return (*rules, one_letter, one_letter)


def _either(*patterns: str) -> str:
    return "|".join(pattern for pattern in patterns if pattern)
