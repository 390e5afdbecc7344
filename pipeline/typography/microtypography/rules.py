"""The rules of microtypography in order of application: those of all languages and of each."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.text.unseen_signs import HYPHENS, LINE_ENDS, NO_BREAK_SPACES, USELESS
from pipeline.typography.microtypography.language_conventions import (
    BULGARIAN_MONTHS,
    NBSP,
    Conventions,
    conventions_of,
)
from pipeline.typography.microtypography.protected_spans import OPAQUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_S: Final = "[ \u00a0]"
_ENDS: Final = r"(?:[\s\u00a0)\]»]|[“”]|\Z)"
_WITHIN: Final = r"[\w.,;:!?…%)\]]"
_METRIC: Final = (
    r"(?:мм|см|дм|км|кв\.[ \u00a0]?м|м|мг|кг|мл|л|сек|мин|кВт|МВт|"
    r"mm|cm|km|m|kg|t|ha|kW|MW|kWh|MWh|Hz|kHz|MHz|hPa|bar|dB|MB|GB|KB|kB|Mbit|ppi|pt)(?![\w-])"
)
_HYPHENS: Final = "-–—"
_SIGNS: Final = r"%|‰|€|°[CFСФ]?"
_TWO_SPACES: Final = ("  ", " \u00a0", "\u00a0 ", "\u00a0\u00a0", "\t")


class Rule(NamedTuple):
    """A pattern and the function that returns the replacement of a match.

    Args:
        pattern: A regular expression, compiled for the first text that is searched.
        replace: Returns the replacement of a match.
        signs: Strings of which a text has at least one wherever the pattern matches. A text without any is
            not searched, which saves half of the time of typography. None: every text is searched.
        of_digits: Whether there is a digit, too, wherever the pattern matches.
        of_unseen: Whether there is a character that nobody sees, too.
    """

    pattern: str
    replace: Callable[[re.Match[str]], str]
    signs: tuple[str, ...] | None = None
    of_digits: bool = False
    of_unseen: bool = False

    def may_find(self, text: str, *, digits: bool, unseen: bool) -> bool:
        """Return False where the pattern cannot match.

        Args:
            text: The text to be searched.
            digits: Whether there is a digit in it.
            unseen: Whether there is a character in it that nobody sees.
        """
        if (self.of_digits and not digits) or (self.of_unseen and not unseen):
            return False
        if self.signs is None:
            return True
        # A loop takes half the time of `any`, and most texts are asked about every rule.
        for sign in self.signs:  # noqa: SIM110
            if sign in text:
                return True
        return False


@functools.cache
def rules_for(
    language: str, *, visible_only: bool = False, rooms: bool = False, dates: bool = False
) -> tuple[Rule, ...]:
    """Return the rules of a language, in order; an unknown language gets those common to all.

    Args:
        language: A BCP 47 tag.
        visible_only: Without the rules that only make spaces into no-break spaces.
        rooms: With those that bind rooms and floors to their numbers, and the times of a span.
        dates: With those that bind a month to its year.
    """
    tag = language.split("-", maxsplit=1)[0].lower()
    conventions = conventions_of(tag)
    return (
        *_spaces(tag),
        *_marks(tag, conventions),
        *_numbers(conventions),
        *_dashes(conventions),
        *(() if visible_only else _bindings(tag, conventions)),
        *(() if visible_only or not rooms else _rooms(conventions)),
        *(() if visible_only or not dates else _dates(conventions)),
    )


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern of a rule."""
    return re.compile(pattern)


def _rule(
    pattern: str,
    replacement: str | Callable[[re.Match[str]], str],
    signs: Iterable[str] | None = None,
    *,
    of_digits: bool = False,
    of_unseen: bool = False,
) -> Rule:
    needed = None if signs is None else tuple(signs)
    if isinstance(replacement, str):
        fixed = replacement
        return Rule(pattern, lambda match: match.expand(fixed), needed, of_digits, of_unseen)
    return Rule(pattern, replacement, needed, of_digits, of_unseen)


def _either(*patterns: str) -> str:
    return "|".join(pattern for pattern in patterns if pattern)


def _spaces(tag: str) -> tuple[Rule, ...]:
    rules = [
        _rule(USELESS, "", of_unseen=True),
        _rule(f"[{NO_BREAK_SPACES}]", NBSP, of_unseen=True),
        _rule(f"[{LINE_ENDS}]", " ", of_unseen=True),
        _rule(r"[ \u00a0\t]{2,}", lambda match: NBSP if NBSP in match[0] else " ", _TWO_SPACES),
        _rule(r"\t", " ", "\t"),
        # no space before a closing sign, if text comes before and none follows directly
        _rule(rf"(?<=[^\s\u00a0.,]){_S}(?=[,.]{_ENDS})", "", (" ,", " .", "\u00a0,", "\u00a0.")),
        _rule(rf"(?<=[(\[]){_S}(?=\S)", "", "(["),
        _rule(rf"(?<=[^\s\u00a0(\[]){_S}(?=[)\]])", "", ")]"),
    ]
    if tag != "fr":
        # French sets a space before these; a ratio, 16 : 9, has one everywhere
        rules.append(_rule(rf"(?<=[^\s\u00a0.:;!?]){_S}(?=[;!?]{_ENDS})", "", ";!?"))
        rules.append(_rule(rf"(?<=[^\s\u00a0\d.:;!?]){_S}(?=:{_ENDS})", "", ":"))
        # “der »Hof« eG” is German, “hon ”Hej” sa” Swedish: a mark that touches a word behind it opens
        rules.append(_rule(rf"(?<=[„«])(?<!{_WITHIN}«){_S}(?=\w)", "", "„«"))
        rules.append(_rule(rf"(?<=[\w.!?…]){_S}(?=[”»](?:{_ENDS}|[.,;:!?…]))", "", "”»"))
    if tag in {"bg", "ru", "uk"}:
        # here “ only ever closes where nothing but a space or a sign follows
        rules.append(_rule(rf"(?<=[\w.!?…]){_S}(?=“(?:[\s\u00a0),.;:!?]|\Z))", "", "“"))
    return tuple(rules)


def _marks(tag: str, conventions: Conventions) -> tuple[Rule, ...]:
    rules = [
        _rule(r"(?<!\.)\.\.\.(?!\.)", "…", ["..."]),
        # the faces have no no-break hyphen, and one hyphen is enough
        _rule(f"[{HYPHENS}]", "-", HYPHENS),
        _rule(rf"(?<=\d){_S}\*{_S}(?=\d)", f"{NBSP}×{NBSP}", "*"),
    ]
    if conventions.apostrophe:
        rules.append(_rule(rf"(?:(?<=[^\W\d_])|(?<={OPAQUE}))'(?=[^\W\d_])", "’", "'"))
    if tag == "en":
        rules += [
            _rule(r"(?<![\w'’])'(?=\d0s\b)", "’", "'"),
            _rule(r"(?<![\w'’])'(?=[^\W\d])([^'\n]{1,200})(?<=[^\s\u00a0])'(?!\w)", r"‘\1’", "'"),
            _rule(r"(?<=[^\W\d_])'(?!['\w])", "’", "'"),
        ]
    elif conventions.decimal:
        # typewriter quotation marks, of commas and of single quotes
        rules += [
            _rule(r"(?<![\w,]),,(?=\w)", "„", [",,"]),
            _rule(rf"(?<![\w'])''(?=\w)|(?<=[^\W\d])''(?=[,;:!?]|{_ENDS})", '"', ["''"]),
        ]
    if tag == "bg":
        rules.append(_rule(rf"(?<!\w)м{_S}(?=(?:{BULGARIAN_MONTHS})(?!\w))", f"м.{NBSP}", ("м ", f"м{NBSP}")))
    return tuple(rules)


def _numbers(conventions: Conventions) -> tuple[Rule, ...]:
    rules = [
        # groups of thousands stay together
        _rule(
            rf"(?<![\d.,\u00a0])\d{{1,3}}(?:{_S}\d{{3}})+(?!\d)",
            lambda match: match[0].replace(" ", NBSP),
            of_digits=True,
        ),
    ]
    if conventions.decimal == ",":
        measured = _either(conventions.scales, conventions.measured)
        parted = rf"(?:(?:{measured})(?!\w)|{_SIGNS}|{_METRIC})"
        # Three digits behind a point may be thousands: 42.500 is ambiguous, and left.
        second = rf"(?:{_S}?[-–]{_S}?\d{{1,3}}[.,]\d{{1,2}})?"
        decimal = rf"(?<![\d.,])(\d{{1,3}})\.(\d{{1,2}})(?={second}{_S}?{parted})"
        rules.append(_rule(decimal, r"\1,\2", ".", of_digits=True))
    if conventions.opened:
        rules.append(
            _rule(
                rf"(?<![\w.])((?i:{conventions.opened}))(?=\d|[A-ZА-ЯЁІЇЄҐЂЈЉЊЋЏ][^\W\d_])", rf"\1{NBSP}", "."
            )
        )
        rules.append(_rule(r"№(?=\d)", f"№{NBSP}", "№"))
    if conventions.stuck_units:
        rules.append(_rule(rf"(?<=[\d{OPAQUE}])(?=(?:{conventions.stuck_units})(?!\w))", NBSP))
    return tuple(rules)


def _dashes(conventions: Conventions) -> tuple[Rule, ...]:
    def ranged(match: re.Match[str]) -> str:
        low, high = match[1], match[2]
        rises = _value(low) < _value(high) and len(low) <= len(high)
        return f"{low}{conventions.range_sign}{high}" if rises else match[0]

    counted = _either(conventions.months, conventions.scales, conventions.units, conventions.measured)
    number = r"\d{1,4}(?:[.,]\d{1,3})?"
    clock = r"\d{1,2}[:.]\d{2}"
    # Classes with letters beyond Latin-1 in three places or more are slow to compile: they are parted.
    start = rf"(?<![\w.,:/-])(?<![–—])(?<!{_S}[-–—])"
    end = rf"(?![\w:/-])(?![–—])(?!{_S}?[-–—])(?![.,]\d)"
    # Behind capitals a pair of numbers may be the name of a standard, unless something is counted.
    unnamed = rf"(?<![A-ZА-Я]{{2}}{_S})"
    # A hyphen with spaces may part two thoughts where ranges are closed up.
    loose = _S + "?" if conventions.range_sign != "–" else ""
    thing = rf"(?={_S}?(?:(?:{_either(counted, _METRIC)})(?!\w)|{_SIGNS}))"
    both_years = r"(?=(?:1[89]|20)\d\d(?!\d))"
    return (
        _rule(rf"{start}({number}){_S}?[-–—]{_S}?({number}){end}{thing}", ranged, _HYPHENS, of_digits=True),
        _rule(
            rf"{start}{both_years}(\d{{4}}){_S}?[-–—]{_S}?{both_years}(\d{{4}}){end}",
            ranged,
            _HYPHENS,
            of_digits=True,
        ),
        _rule(
            rf"{start}{unnamed}({number}){loose}[-–—]{loose}({number}){end}", ranged, _HYPHENS, of_digits=True
        ),
        _rule(
            rf"(?<![\w:.,-])({clock}){_S}?[-–—]{_S}?({clock})(?![\d:-])",
            lambda match: f"{match[1]}{conventions.range_sign}{match[2]}" if ":" in match[1] else match[0],
            _HYPHENS,
            of_digits=True,
        ),
        # between words: a dash bound to the word before, so that it never begins a line
        _rule(
            rf"(?<=[^\s\u00a0-])(?<![–—]){_S}(?:--|[-–—]){_S}(?![–—])(?=[^\s\u00a0-])",
            _spaced(conventions),
            _HYPHENS,
        ),
        _rule(r"(?<=[^\W_])--(?=[^\W_])", f"{NBSP}{conventions.dash} ", ["--"]),
    )


def _value(number: str) -> float:
    return float(number.replace(",", "."))


def _spaced(conventions: Conventions) -> Callable[[re.Match[str]], str]:
    set_range = f"{NBSP}–{NBSP}"

    def replace(match: re.Match[str]) -> str:
        # Between the numbers of a range both sides stay bound, as set by the rule before.
        if match[0] == set_range and conventions.range_sign == set_range:
            return match[0]
        return f"{NBSP}{conventions.dash} "

    return replace


def _bindings(tag: str, conventions: Conventions) -> tuple[Rule, ...]:
    counted = _either(
        conventions.months,
        conventions.scales,
        conventions.units,
        conventions.measured,
        _SIGNS,
        _METRIC,
        "г(?!-)",
    )
    rules = [
        _rule(rf"(?<=[\d{OPAQUE}]) (?=(?:{counted})(?!\w))", NBSP),
        _rule(r"(?<=[№§€$£]) (?=\S)", NBSP, "№§€$£"),
        _rule(r"(?<=\d) (?=[×÷])|(?<=[×÷]) (?=\d)", NBSP, "×÷"),
        _rule(r"(?<=\d) (?=[¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])", NBSP, "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"),
        # initials with the name behind them
        _rule(r"(?<!\w)([^\W\d_a-zа-яёїієґђјљњћџ])\. (?=[^\W\d_a-zа-яёїієґђјљњћџ])", rf"\1.{NBSP}", [". "]),
        # и т. н., т. ч., т. е.
        _rule(r"(?<![\w.])(т)\. (?=[ндпче]\.)", rf"\1.{NBSP}", ["т. "]),
    ]
    if conventions.scales:
        units = _either(conventions.units, conventions.measured, "[€$£]")
        rules.append(_rule(rf"(?<!\w)({conventions.scales}) (?=(?:{units})(?!\w))", rf"\1{NBSP}"))
    if conventions.leaders:
        opening = r"[\w„«“\"(]"
        rules.append(
            _rule(rf"(?<![\w.])(?<!\d[ \u00a0])((?i:{conventions.leaders})) (?={opening})", rf"\1{NBSP}")
        )
    if conventions.before_names:
        rules.append(
            _rule(
                rf"(?<![\w.])(?<!\d[ \u00a0])({conventions.before_names}) (?=[„«А-Я])", rf"\1{NBSP}", [". "]
            )
        )
    if conventions.before_numbers:
        rules.append(_rule(rf"(?<![\w.])((?i:{conventions.before_numbers})) (?=\d)", rf"\1{NBSP}"))
    if conventions.trailers:
        rules.append(_rule(rf"(?<=\w) (?=(?:{conventions.trailers})(?!\w))", NBSP))
    if tag == "en":
        rules.append(_rule(rf"(?<!\w)({conventions.months}) (?=\d{{1,2}}(?!\d))", rf"\1{NBSP}"))
    # A word of one letter goes with the next one; twice, for a chain of them shares its spaces.
    one_letter = _rule(rf"(?<!\w)(?<!\w[’'-])({conventions.letters}) (?=[^\s\u00a0–—-])", rf"\1{NBSP}")
    return (*rules, one_letter, one_letter)


def _rooms(conventions: Conventions) -> Iterator[Rule]:
    if conventions.rooms:
        yield _rule(rf"(?<![\w.-])((?i:{conventions.rooms})) (?=[№\d])", rf"\1{NBSP}")
    if conventions.range_sign == f"{NBSP}–{NBSP}":
        # 10:00 ч. – 12:30 ч.
        yield _rule(rf"(?<=\d{NBSP}ч\.){NBSP}– (?=\d{{1,2}}[:.]\d\d(?!\d))", conventions.range_sign, "–")


def _dates(conventions: Conventions) -> Iterator[Rule]:
    if conventions.months:
        year = r"(?:1[89]|20)\d\d(?!\d)"
        yield _rule(rf"(?<!\w)({conventions.months}) (?={year})", rf"\1{NBSP}", of_digits=True)
