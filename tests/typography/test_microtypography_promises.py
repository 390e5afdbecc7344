"""Invariants of typography for any text: idempotent, letters kept, borders of runs without effect."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.files.text.unseen_signs import has_unseen
from pipeline.typography.microtypography.protected_spans import SPANS, protected_spans
from pipeline.typography.microtypography.rules import compiled, rules_for
from pipeline.typography.microtypography.setting import set_runs, set_text
from tests.support.paths import SEED, WHOLE_BULLETIN

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES: Final = ("bg", "en", "ru", "uk", "sr", "fr", "de", "pl", "x-unknown")

# Pieces that rules look for; any text alone would hardly ever meet one.
_PIECES: Final = (
    *"\u200b\u200e\u202a\u2060\u2066\u00ad\ufeff\u2028\u2007",
    *" \u00a0\u202f\u2009\t-–—\u2011„“”«»\"''‘’.,:;!?…()[]/*×+%€№§\ufffc\n",
    *"авсиИОкяАБмгaIstx0123456789",
    "--",
    "...",
    ",,",
    "т.н.",
    "в т. ч.",
    "ет.",
    "бр.",
    "№",
    "офис",
    "ул.",
    "г.",
    "хил.",
    "млн. евро",
    "лв.",
    "ноември",
    "мая",
    "November",
    "42.5",
    "16-17",
    "2022 - 2024",
    "10:00-12:30",
    "2023-12-20",
    "20.12.2023",
    "+359 2 987 65 43",
    "тел. 02 987-6543",
    "COVID-19",
    "A.2",
    "BG16RFOP002-1.001",
    "Digiskill-retail",
    "https://example.org/a-b?c=1-2",
    "office@example.org",
    "www.example.org",
    "план.pdf",
    "don't",
    "д-р",
    "И. Петров",
    "EN 301-549",
)
written = st.one_of(st.text(), st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
languages = st.sampled_from(LANGUAGES)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@st.composite
def _parted(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """Draw a text, and the same text parted into runs, some of them empty."""
    text = draw(written)
    seams = sorted(draw(st.lists(st.integers(0, len(text)), max_size=5)))
    bounds = [0, *seams, len(text)]
    return text, tuple(text[a:b] for a, b in itertools.pairwise(bounds))


@settings(max_examples=200, deadline=None)
@given(written, languages)
def test_what_is_set_stays_as_it_is(text: str, language: str) -> None:
    once = set_text(text, language)
    assert set_text(once, language) == once


@settings(max_examples=200, deadline=None)
@given(written, languages)
def test_letters_and_digits_keep_their_order(text: str, language: str) -> None:
    assert _letters(set_text(text, language)) == _letters(text)


@settings(max_examples=200, deadline=None)
@given(_parted(), languages)
@example(("20.12.2023г.", ("20.12.20", "23г.")), "bg")
@example(("https://a.bg - x", ("https://", "a.bg - ", "x")), "bg")
@example(("'вд-р’I“Digiskill-retail'", ("'вд-р’I“D", "igiskill-retail'")), "en")
def test_seams_between_runs_have_no_effect(parted: tuple[str, tuple[str, ...]], language: str) -> None:
    text, runs = parted
    done = set_runs(runs, language)
    assert len(done) == len(runs)
    assert "".join(done) == set_text(text, language)
    assert [_letters(run) for run in done] == [_letters(run) for run in runs]
    assert set_runs(done, language) == done


@settings(max_examples=200, deadline=None)
@given(written, languages)
def test_no_rule_passes_over_a_text_it_would_change(text: str, language: str) -> None:
    for rule in rules_for(language):
        digits = any(sign.isdecimal() for sign in text)
        may_find = rule.may_find(text, digits=digits, unseen=has_unseen(text))
        assert may_find or not compiled(rule.pattern).search(text)


@settings(max_examples=200, deadline=None)
@given(written)
@example("виж_тел. 02 987-6543, в.a.2.b и дheld2024-01http://a.bg")
def test_whatever_is_protected_is_found_where_spans_begin(text: str) -> None:
    assert list(protected_spans(text)) == [match.span() for match in re.finditer(SPANS, text)]


@settings(max_examples=200, deadline=None)
@given(_parted(), languages)
def test_what_is_visible_is_the_same_without_the_rules_for_spaces(
    parted: tuple[str, tuple[str, ...]], language: str
) -> None:
    _, runs = parted
    whole, visible = (set_runs(runs, language, visible_only=only) for only in (False, True))
    assert [run.replace("\u00a0", " ") for run in whole] == [run.replace("\u00a0", " ") for run in visible]


@settings(max_examples=150, deadline=None)
@given(written, languages)
def test_no_space_but_the_usual_two_is_put_in(text: str, language: str) -> None:
    before, after = set(text), set(set_text(text, language))
    new = after - before
    assert new <= set(' \u00a0–—…„“”«»‚‘’,.×-"')
    assert "\u2011" not in new


@settings(max_examples=150, deadline=None)
@given(written, written, languages)
def test_what_is_not_text_keeps_its_place(before: str, after: str, language: str) -> None:
    runs = set_runs((before, "\ufffc", after), language)
    assert runs[1].replace("\u00a0", "") == "\ufffc"
    assert "".join(runs).count("\ufffc") == (before + after).count("\ufffc") + 1


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a--b/c...d?x=1-2&y='q'",
        "www.knowledge-city.eu",
        "office@knowledge-city.example.org",
        "договор-2023.pdf",
        "BG16RFOP002-1.001",
        "COVID-19",
        "Digiskill-retail",
        "2023-11-16",
        "20.12.2023",
        "+359 2 987-65-43",
        "0888 123 456",
        "v1.2.10",
        "ISBN 978-954-07-1234-5",
    ],
)
@pytest.mark.parametrize("language", ["bg", "en", "ru", "uk", "sr", "fr"])
def test_addresses_and_identifiers_are_not_touched(address: str, language: str) -> None:
    assert address in set_text(f"виж {address} - тук", language)
    assert set_text(address, language) == address


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        ".",
        "-",
        "a.",
        "1.",
        "1-",
        "a-",
        "в",
        '"',
        "„",
        "'",
        "(",
        "0",
        "+1",
        "@a",
        "www.",
        "12:",
        "--",
        ",,",
    ],
)
@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_patterns_do_not_blow_up(piece: str, language: str) -> None:
    # A pattern that backtracks over the whole text at each place would take hours on this.
    for link in ("", " "):
        text = (piece + link) * (30_000 // len(piece + link))
        assert _letters(set_text(text, language)) == _letters(text)


@pytest.mark.parametrize("bulletin", [WHOLE_BULLETIN, SEED], ids=["kept here", "the office's own"])
def test_a_bulletin_has_no_word_of_one_letter_at_a_line_end(bulletin: Path) -> None:
    if not bulletin.exists():
        pytest.skip("the office's own bulletin is not kept with the code")
    for line in bulletin.read_text(encoding="utf-8").splitlines():
        done = set_text(line, "bg").rstrip(" ")
        words = done.split(" ")
        assert not [word for word in words[:-1] if len(word.strip("„“(\u00a0")) == 1 and word[-1].isalpha()]
        assert not [word for word in words[1:] if word[:1] in "–—"]
        assert _letters(done) == _letters(line)
