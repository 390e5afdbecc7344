"""The studio speaks of its buttons and fields: never of signs to type, and never of files to write in."""

from __future__ import annotations

import re
from typing import Final

import pytest

from pipeline.findings.codes.register import CODES
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.wording.wording import say
from pipeline.studio.views.forms.facts import KINDS, facts_of
from pipeline.studio.views.wording.facts import in_words
from pipeline.studio.views.wording.telling import (
    MESSAGES,
    REMEDIES,
    SAMPLE,
    remedy_here,
    told_here,
    with_samples_once,
)
from pipeline.studio.views.wording.typography_setting import can_be_set, why_not_set

WRITTEN_WORDS: Final = {remedy for code in CODES.values() for remedy in (code.remedy, code.guess) if remedy}
SENDING: Final = re.compile(r"in house\.yaml|--fix")
OF_FILES: Final = re.compile(r"house\.yaml|accepted:|words:|--fix|\[ \]|credit=|`|##")


def test_every_wording_stands_for_one_that_the_command_has() -> None:
    assert set(REMEDIES) <= WRITTEN_WORDS
    assert set(MESSAGES) <= set(CODES)


@pytest.mark.parametrize(
    "remedy", sorted(text for text in WRITTEN_WORDS if "in house.yaml" in text or "--fix" in text)
)
def test_no_question_about_words_sends_an_officer_into_a_file(remedy: str) -> None:
    assert not OF_FILES.search(REMEDIES[remedy])


OF_COMMANDS: Final = re.compile(r"bulletin [a-z]+ |--\w|\.yaml|chmod|keyring|\w+: [a-z…]+ under|mail/")
OF_PUBLISHING: Final = sorted(
    {
        code
        for code in CODES
        if re.match(r"E3[0-9]{2}|E20[0124-7]|E25[0-3]|E21[0-7]|E220|E178|W34|W38|W20[0-2]", code)
    }
    # Of what the studio does not do: the page for unsubscribing, and an older ledger that was put back.
    - {"E355", "E381", "E382", "E395"}
)


@pytest.mark.parametrize("code", OF_PUBLISHING)
def test_what_stops_an_issue_on_its_way_is_mended_with_buttons_and_fields(code: str) -> None:
    for remedy in filter(None, (CODES[code].remedy, CODES[code].guess)):
        assert not OF_COMMANDS.search(REMEDIES.get(remedy, remedy)), remedy


@pytest.mark.parametrize(
    ("code", "values"),
    [("E51", {}), ("E53", {}), ("E42", {"found": "####", "before": "##", "wanted": "###"})],
)
@pytest.mark.parametrize("language", ["bg", "en"])
def test_what_is_missing_at_a_picture_or_heading_is_said_without_signs(
    code: str, values: dict[str, str], language: str
) -> None:
    each = Finding(code, Place("issues/2026-01-30/a.md", 3), tuple(values.items()))
    shown = told_here(each, language)
    assert not OF_FILES.search(f"{shown['message']} {shown['remedy']}")
    assert (shown["code"], shown["line"]) == (code, 3)


def test_a_word_that_is_guessed_is_named_with_its_button() -> None:
    each = found("W420", Place("a.md", 1), found="пробба", guess="проба", key="пробба")
    assert remedy_here(each, "bg") == "напишете „проба“ или изберете думата да бъде запомнена"


def test_the_typography_is_offered_where_it_would_mend_something() -> None:
    place = Place("a.md", 1)
    typed = found("W403", place, count=1, found="-", wanted="–")
    in_picture = found("W175", place, what="place", known="a.jpg")
    fault, other = found("E51", place), found("W420", place, found="пробба", key="пробба")
    places = {"issues/2023-12-20/tower.md": frozenset({4})}
    assert can_be_set([typed, other], places)
    assert can_be_set([in_picture, fault], {})
    assert can_be_set([typed, fault], places)
    assert not can_be_set([typed, fault], {})
    assert not can_be_set([], {})
    assert why_not_set([typed, other], places, []) == ""
    assert "once the errors are mended" in why_not_set([typed, fault], {}, ["“Кулата”"])
    assert "{names}" in why_not_set([typed, fault], places, ["“Кулата”"])


def test_of_the_samples_of_a_file_one_hint_stays_and_nothing_else_goes() -> None:
    samples = [found(SAMPLE, Place(path, line), found="…") for path in ("a.md", "b.md") for line in (1, 2)]
    other = found("E51", Place("a.md", 2))
    assert with_samples_once([*samples, other, other]) == (samples[0], samples[2], other, other)


@pytest.mark.parametrize(
    "code", ["E06", "E34", "E73", "E86", "E90", "W01", "W02", "W176", "E179", "E443", "E605"]
)
def test_what_has_a_field_here_is_mended_in_it_and_not_in_a_file(code: str) -> None:
    words = CODES[code]
    for remedy in filter(None, (words.remedy, words.guess)):
        told = say(REMEDIES.get(remedy, remedy), "bg")
        assert not re.search(r"\.yaml|--\w|\w+:(?! )|редактор|преименувайте", told), told


@pytest.mark.parametrize(
    ("name", "value", "bulgarian", "english"),
    [
        ("budget.total", "1200 EUR", "1 200 евро", "€1,200"),
        ("budget.total", "294,5 хил. евро", "294,5 хил. евро", "€294,500"),
        ("period.start", "2024-03", "март 2024 г.", "March 2024"),
        ("period.end", "2027", "2027 г.", "2027"),
        ("deadline", "2026-06-25", "25 юни 2026 г.", "25 June 2026"),
        ("start", "2026-07-03 9:30", "3 юли 2026 г., 09:30 ч.", "3 July 2026, 09:30"),
        ("partners.countries", ["BG", "GR"], "България, Гърция", "Bulgaria, Greece"),
        ("funder", "eu", "Европейски съюз", "Европейски съюз"),
        ("weight", "short", "къса", "short"),
        ("place", "Русе", "Русе", "Русе"),
        # What is no such value stands as it is written.
        ("budget.total", "много", "много", "много"),
        ("period.end", "2027-13", "2027-13", "2027-13"),
        ("start", "юли", "юли", "юли"),
        ("funder", "none-of-ours", "none-of-ours", "none-of-ours"),
    ],
)
def test_a_fact_that_is_proposed_is_said_as_one_reads_it(
    name: str, value: object, bulgarian: str, english: str
) -> None:
    fields = {each.name: each for kind in KINDS for each in facts_of(kind, [("eu", "Европейски съюз")])}
    said = [in_words(fields[name], value, language).replace("\u00a0", " ") for language in ("bg", "en")]
    assert said == [bulgarian, english]


def test_a_sample_article_may_be_taken_out_and_the_title_of_an_issue_is_written() -> None:
    article = found("W172", Place("issues/2023-12-20/first-article.md", 3), found="Заглавие на статията")
    title = found("W172", Place("issues/2023-12-20/issue.yaml", 3), found="Заглавие на броя")
    assert "take the article out" in remedy_here(article, "en")
    assert "take the article out" not in remedy_here(title, "en")
