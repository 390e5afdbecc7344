"""Paragraphs composed as a whole: the same words, no line beyond its measure, and evener lines."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.composing.pages import (
    COMPOSED,
    MARGIN,
    PLAIN,
    POINTS,
    natural_space,
    paragraphs,
    printed,
)
from tests.support.composing.set_lines import set_lines
from tests.support.tag_outline import outline

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.composing.set_lines import SetLine

FULL: Final = 4.0
"""How many points a full line may end before its measure."""

ROUNDED: Final = 0.75
"""How many points the drawing of a line, which rounds each letter, may be longer than the line."""

CARD: Final = '<div class="card"></div>'
FEW: Final = settings(
    max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def words(text: str) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]", "", text)


def words_of(html: str) -> str:
    return words(unescape(re.sub(r"<wbr>|<[^>]+>", " ", html)))


def lines_of(pdf: bytes) -> list[SetLine]:
    return [line for line in set_lines(pdf) if line.text]


def means(lines: list[SetLine], measure: float) -> list[float]:
    """Return the width of the spaces of each full line, as a share of the natural one."""
    edge = (MARGIN + measure) * POINTS
    gaps = [line.spaces() for line in lines if line.right > edge - FULL]
    return [sum(each) / len(each) / natural_space() for each in gaps if each]


def longest_ladder(lines: list[SetLine]) -> int:
    longest = run = 0
    for line in lines:
        run = run + 1 if line.is_hyphenated else 0
        longest = max(longest, run)
    return longest


piece = st.sampled_from(
    [
        *(
            "предприемачество",
            "и",
            "образование",
            "най-добрите",
            "думи",
            "с\u00a0тях",
            "2023\u00a0г.",
            "работа",
        ),
        *("<em>изследването на</em>", "<strong>важно</strong>", '<a href="#x">връзка към нещо</a>', "дълго"),
        *("сътруд\u00adничество", "<em>по</em>-новото", "(<em>КСГЗ</em>)", "в<br>града", "участниците"),
        '<span class="part">example</span><wbr><span class="part">.org/path-to</span>',
        '<span lang="en">Knowledge City</span>',
        'бележка<span class="note">Дума под черта</span>',
        "Х" + "ъ" * 90,
    ]
)
text = st.lists(piece, min_size=1, max_size=40).map(" ".join)


class TestAnyParagraph:
    @FEW
    @given(
        st.lists(text, min_size=1, max_size=3),
        st.sampled_from([54, 84, 114]),
        st.sampled_from(["justify", "left"]),
    )
    def test_keeps_its_words_and_its_measure(self, texts: list[str], measure: int, align: str) -> None:
        pdf = printed(texts, measure=measure, align=align, before=CARD)
        plain = printed(texts, measure=measure, align=align, before=CARD, composing=PLAIN)
        assert sorted(words("".join(line.text for line in lines_of(pdf)))) == sorted(
            words("".join(line.text for line in lines_of(plain)))
        )
        edge = (MARGIN + measure) * POINTS
        assert not [line.text for line in lines_of(pdf) if line.right > edge + ROUNDED]

    @FEW
    @given(st.lists(text, min_size=1, max_size=2))
    def test_is_printed_in_the_same_bytes_again(self, texts: list[str]) -> None:
        assert printed(texts, measure=84) == printed(texts, measure=84)


class TestAWordWiderThanItsLine:
    @pytest.mark.parametrize("composing", [COMPOSED, "hyphens:none;text-indent:0;--composing:balanced"])
    @pytest.mark.parametrize("align", ["justify", "left"])
    @pytest.mark.parametrize(
        "word",
        [
            "щ" * 80,
            "ъщ" * 200,
            f'<span lang="de">{"Donaudampf" * 9}</span>',
        ],
    )
    def test_is_broken_within_the_measure_wherever_it_stands(
        self, composing: str, align: str, word: str
    ) -> None:
        texts = [
            word,
            f"Думи пред {word}",
            f"{word} и думи след нея",
            f"Пред <em>думата</em> {word}, след нея",
        ]
        lines = lines_of(printed(texts, measure=54, align=align, composing=composing))
        assert max(line.right for line in lines) < (MARGIN + 54) * POINTS + ROUNDED
        assert words("".join(line.text for line in lines)) == words_of(" ".join(texts))


class TestJustified:
    @pytest.mark.parametrize("language", ["bg", "en", "uk"])
    def test_spaces_are_better_than_line_by_line(self, language: str) -> None:
        texts = paragraphs(language, 12, seed=5)
        composed = lines_of(printed(texts, language=language))
        plain = lines_of(printed(texts, language=language, composing=PLAIN))
        ours, theirs = means(composed, 114), means(plain, 114)
        assert sum(each > 4 / 3 for each in ours) < 0.55 * sum(each > 4 / 3 for each in theirs)
        assert sum(each > 2 for each in ours) <= 0.3 * sum(each > 2 for each in theirs)
        assert min(ours) > 0.75
        assert longest_ladder(composed) <= min(2, longest_ladder(plain))
        assert len(composed) <= len(plain)

    def test_every_line_but_the_last_ends_at_the_measure_or_its_paragraph_is_flush_left(self) -> None:
        edge = (MARGIN + 114) * POINTS
        lines = lines_of(printed(paragraphs("bg", 24, seed=2)))
        begins = [at for at, line in enumerate(lines) if line.left > MARGIN * POINTS + 5]
        justified = 0
        for first, following in pairwise([*begins, len(lines)]):
            inner = lines[first : following - 1]
            is_justified = all(abs(line.right - edge) < 1.0 for line in inner)
            spaces = [space / natural_space() for line in inner for space in line.spaces()]
            assert is_justified or all(0.95 < space < 1.05 for space in spaces)
            justified += is_justified
        assert 0.5 * len(begins) < justified < len(begins)
        assert max(line.right for line in lines) < edge + 1.0
        assert max(means(lines, 114)) < 2.05

    def test_a_hole_behind_a_forced_line_break_is_none_either(self) -> None:
        lines = lines_of(printed([f"Кратко начало.<br>{' '.join(['на ХХ', 'Х' * 19] * 4)}"], measure=54))
        spaces = [space / natural_space() for line in lines for space in line.spaces()]
        assert len(spaces) > 4
        assert max(spaces) < 1.05

    def test_no_hyphen_of_a_compound_stands_at_a_lines_end(self) -> None:
        texts = [" ".join(["по-добра най-новото д-р работа в двустранно-изгодни условия"] * 12)]
        whole = set(re.sub("<[^>]+>", " ", texts[0]).split())
        for measure in (84, 100, 114):
            lines = [line.text for line in lines_of(printed(texts, measure=measure))]
            for line, after in pairwise(lines):
                if line.endswith("-"):
                    assert line.split()[-1] + after.split()[0] not in whole

    def test_a_last_line_is_longer_than_an_indent(self) -> None:
        texts = [f"{paragraphs('bg', 1, seed)[0]} та" for seed in range(24)]
        lines = lines_of(printed(texts, measure=100))
        lasts = [line for line, after in pairwise(lines) if after.left > MARGIN * POINTS + 5]
        assert len(lasts) >= 22
        assert min(line.right - line.left for line in lasts) > 14

    def test_a_ligature_is_never_dissolved_by_spaced_letters(self) -> None:
        sentence = "The office found efficient fields of fine flowers and offered the official file. "
        with_ligatures = COMPOSED.replace("no-common-ligatures", "normal;hyphens:none")
        pdf = printed([sentence * 12], language="en", composing=with_ligatures)
        plain = printed([sentence * 12], language="en", align="left", composing="hyphens:none")

        def ligatures(data: bytes) -> int:
            """Count the letters that stand where the one before them stands."""
            letters = [pair for line in set_lines(data) for pair in pairwise(line.letters)]
            return sum(before.x == after.x for before, after in letters if before.character == "f")

        assert ligatures(pdf) == ligatures(plain) > 50


class TestPages:
    def test_no_right_hand_page_ends_with_a_hyphen(self) -> None:
        for seed in range(2):
            lines = lines_of(printed(paragraphs("bg", 40, seed)))
            feet = [line for line, after in pairwise(lines) if line.page != after.page]
            assert len(feet) >= 3
            assert not [line.text for line in feet if line.page % 2 == 0 and line.is_hyphenated]

    def test_a_right_hand_page_ends_earlier_where_only_a_hyphen_would_fill_its_last_line(self) -> None:
        name = "Места, които се виждат едно друго“, каза в читалището инж. Стоянка Вълчева-Хаджидимитрова. "
        endings = set()
        for lines in range(48, 51):
            pages = printed(["<br>".join(["Ред"] * lines), name * 4])
            set_on = [line for line in lines_of(pages) if line.page == 0]
            assert not set_on[-1].is_hyphenated
            endings.add(len(set_on))
        assert min(endings) < max(endings)

    def test_lines_beside_a_float_have_the_measure_left_there(self) -> None:
        lines = lines_of(printed(paragraphs("bg", 6, seed=3), before=CARD))
        beside = [line for line in lines if line.left > (MARGIN + 33) * POINTS]
        below = [line for line in lines if line.left < (MARGIN + 8) * POINTS]
        edge = (MARGIN + 114) * POINTS
        assert len(beside) >= 8
        assert len(below) >= 8
        assert max(line.right for line in beside) < edge + 1
        assert sum(abs(line.right - edge) < 1 for line in beside) >= 4
        assert max(means(beside, 114)) < 4

    def test_columns_and_notes_keep_every_word(self) -> None:
        texts = paragraphs("bg", 16, seed=4)
        html = "".join(f"<p>{each}</p>" for each in texts)
        pdf = printed(
            ['Край<span class="note">Бележка под черта.</span>.'],
            measure=174,
            before=f'<div class="columns">{html}</div>',
        )
        found = words("".join(line.text for line in lines_of(pdf)))
        for each in texts:
            assert len(words_of(each)) > 50
        assert sorted(found) == sorted(words_of(html) + words("Край1Бележка под черта1"))

    def test_the_tags_hold_the_words_in_their_order(self, tmp_path: Path) -> None:
        texts = paragraphs("bg", 6, seed=6)
        path = tmp_path / "page.pdf"
        path.write_bytes(printed(texts))
        tagged = [line.strip().partition(" ")[2] for line in outline(path, 10**6)]
        assert words("".join(tagged)) == words_of(" ".join(texts))


class TestFlushLeft:
    def test_narrow_columns_have_no_ladder_and_lose_no_hyphen(self) -> None:
        texts = paragraphs("bg", 30, seed=8)
        composed = lines_of(printed(texts, measure=54, align="left"))
        assert longest_ladder(composed) <= 2
        edge = (MARGIN + 54) * POINTS
        assert max(line.right for line in composed) < edge + ROUNDED
        compounds = set(" ".join(texts).replace(",", "").replace(".", "").split())
        for line, after in pairwise(composed):
            if line.is_hyphenated:
                assert line.text.split()[-1] + after.text.split()[0].strip(",.") not in compounds


class TestHeads:
    def test_no_word_of_a_head_stands_alone_on_its_last_line(self) -> None:
        head = "Градината на музея във Видин цъфна с цветя от стари пощенски картички"
        sheet = "hyphens:none;text-indent:0;font-size:25pt;line-height:30pt;"
        plain = lines_of(printed([head], measure=174, align="left", composing=sheet))
        even = lines_of(printed([head], measure=174, align="left", composing=sheet + "--composing:balanced"))
        assert plain[-1].text == "картички"
        assert len(even) == len(plain)
        assert min(line.right for line in even) > 0.9 * max(line.right for line in even)
        assert words("".join(line.text for line in even)) == words(head)


def test_no_line_ends_between_days_that_are_bound_by_no_break_spaces() -> None:
    texts = [f"{'а' * count} срещата е на 16\u00a0–\u00a017 април в града" for count in range(1, 24)]
    lines = [line.text for line in lines_of(printed(texts, measure=54, align="left"))]
    assert sum("16" in line for line in lines) == len(texts)
    assert not [line for line in lines if line.endswith("–")]


class TestOnlyWhereAsked:
    def test_without_the_property_a_page_is_what_it_was(self, monkeypatch: pytest.MonkeyPatch) -> None:
        texts = paragraphs("bg", 5, seed=1)
        patched = printed(texts, composing=PLAIN)
        monkeypatch.setattr("pipeline.page.engine.patches.total_fit._is_composed", lambda _: False)
        assert printed(texts, composing=PLAIN) == patched
        assert printed(texts, composing=f"--composing:first-fit;{PLAIN}") == patched

    def test_a_document_of_before_is_laid_out_as_it_was(self, monkeypatch: pytest.MonkeyPatch) -> None:
        texts = paragraphs("bg", 5, seed=1)
        monkeypatch.setattr("pipeline.page.engine.patches.total_fit.mends_lines", lambda: False)
        before = lines_of(printed(texts))
        monkeypatch.undo()
        assert [line.text for line in before] != [line.text for line in lines_of(printed(texts))]
        assert longest_ladder(before) > 2
