"""What the press mends by itself: contents, header rows, addresses, cards, numbers of lists."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest

from tests.page.layouts import article, bare, laid_out

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.pdf.text import TextLine

NAMES = (
    "Откриване",
    "Работилници",
    "Лекции",
    "Изложба",
    "Кино",
    "Музика",
    "Театър",
    "Спорт",
    "Деца",
    "Пазар",
)
LONG = "с доста подробно заглавие от осем-девет думи за съдържанието"
EVENT = """---
kind: event
title: {title}
start: 2024-07-{day:02} 10:00
place: Пловдив
registration: zapis@example.org
deadline: 2024-06-30
---
{text}
"""
PROJECT = """---
kind: project
title: Въздухът на града
programme: Еразъм+
budget: {{total: 120000 EUR, share: 30000 EUR}}
partners: {{organisations: 5, countries: [BG, ES]}}
period: {{start: 2023-01, end: 2025-01}}
---
{text}
"""


def baselines_apart(lines: list[TextLine]) -> float:
    """Return the least distance of two baselines of lines that begin at the same edge."""
    columns: dict[int, list[float]] = {}
    for line in lines:
        columns.setdefault(round(line.left), []).append(line.baseline)
    pairs = [pair for column in columns.values() for pair in itertools.pairwise(sorted(column))]
    return min((upper - lower for lower, upper in pairs), default=14.0)


class TestContents:
    @pytest.mark.parametrize(
        ("sections", "articles"), [(7, 3), (10, 1), (10, 4), (3, 14)], ids=["7x3", "10x1", "10x4", "3x14"]
    )
    def test_all_sections_are_listed_with_their_pages_and_nothing_lies_over_the_imprint(
        self, tmp_path: Path, sections: int, articles: int
    ) -> None:
        texts = {
            name: {
                f"n{at}-{number}": article(f"Новина а{at}б{number} {LONG}", "Кратък текст.")
                for number in range(articles)
            }
            for at, name in enumerate(NAMES[:sections])
        }
        layout = laid_out(tmp_path, texts)
        starts = {
            name: number
            for number, page in enumerate(layout.pages[1:], 2)
            for name in NAMES
            if any(line.text.strip() == name and line.size > 20 for line in page)
        }
        opening = [line.text for page in layout.pages[:3] for line in page if line.size < 14]
        for at, name in enumerate(NAMES[:sections], 1):
            listed = next(line for line in opening if re.match(rf"{at}\.\s{name}", line))
            after = opening[opening.index(listed) + 1]
            assert (listed + " " + after).replace(name, "").split()[1] == str(starts[name])
        assert all(
            layout.words().count(bare(f"Новина а{at}б{number} {LONG}")) >= 2
            for at in range(sections)
            for number in range(articles)
        )
        cover = layout.pages[0]
        imprint = max(line.baseline for line in cover if line.size < 8.1 and line.left < 60)
        assert all(line.baseline > imprint for line in cover if line.left > 180 and 8.4 < line.size < 14)
        assert baselines_apart([line for line in cover if line.left > 180 and line.size < 14]) > 10

    @pytest.mark.parametrize("words", [4, 30, 60])
    def test_a_greeting_of_any_length_ends_above_the_imprint(self, tmp_path: Path, words: int) -> None:
        greeting = " ".join(f"поздрав{number}" for number in range(words))
        layout = laid_out(tmp_path, {"Раздел": {"a": article("Новина", "Текст.")}}, greeting=greeting)
        cover = layout.pages[0]
        imprint = max(line.baseline for line in cover if line.size < 8.1 and line.left < 60)
        assert all(line.baseline > imprint for line in cover if line.size > 12)
        assert all(f"поздрав{number}" in layout.words() for number in range(words))
        assert ("поздрав0" in "".join(layout.texts(1))) == (words == 4)


class TestHeaderRows:
    @pytest.mark.parametrize("rows", [0, 1, 30], ids=["alone", "one row", "thirty rows"])
    @pytest.mark.parametrize("words", [150, 260])
    def test_every_word_of_a_tall_header_row_is_printed_once(
        self, tmp_path: Path, rows: int, words: int
    ) -> None:
        cells = [
            " ".join(f"{name}{number:03}к" for number in range(words)) for name in ("алфа", "бета", "гама")
        ]
        table = f"| {' | '.join(cells)} |\n| --- | --- | --- |\n"
        table += "".join(f"| ред{row} | клетка{row} | край{row} |\n" for row in range(rows))
        layout = laid_out(tmp_path, {"Раздел": {"a": article("Таблица", f"Преди.\n\n{table}\nСлед.")}})
        shown = layout.words()
        assert [word for cell in cells for word in cell.split() if shown.count(word) != 1] == []
        assert all(f"клетка{row}" in shown for row in range(rows))

    def test_a_short_header_row_is_repeated_on_every_page(self, tmp_path: Path) -> None:
        rows = "".join(f"| ред{row} | клетка |\n" for row in range(90))
        table = f"| Заглавка | Друга |\n| --- | --- |\n{rows}"
        layout = laid_out(tmp_path, {"Раздел": {"a": article("Таблица", table)}})
        assert sum("Заглавка" in " ".join(layout.texts(number)) for number in (2, 3)) == 2

    def test_a_tall_header_row_begins_on_the_page_it_belongs_to(self, tmp_path: Path) -> None:
        tall = " ".join(f"алфа{number:03}к" for number in range(240))
        table = f"| {tall} | бета |\n| --- | --- |\n| клетка | край |\n"
        layout = laid_out(tmp_path, {"Раздел": {"a": article("Таблица", f"Преди.\n\n{table}")}})
        assert "алфа000к" in bare("".join(layout.texts(2)))

    @pytest.mark.parametrize(
        "table",
        [
            "| Лява клетка | Дясна клетка |\n| --- | --- |",
            "| | |\n| --- | --- |\n| Лява клетка | Дясна клетка |",
        ],
        ids=["heads alone", "one row without heads"],
    )
    def test_a_table_of_one_row_becomes_paragraphs(self, tmp_path: Path, table: str) -> None:
        layout = laid_out(tmp_path, {"Раздел": {"a": article("Таблица", f"Преди.\n\n{table}\n\nСлед.")}})
        lines = [line for line in layout.pages[1] if 9.5 < line.size < 10.5 and 180 < line.left < 210]
        assert [line.text.strip() for line in lines] == ["Преди.", "Лява клетка", "Дясна клетка", "След."]


LONG_ADDRESSES = (
    "https://www.obrazovanie.example.eu/proekti/vazduh/posehtenia/formulyar.html?sesia=0f1e2d3c4b5a69788796a5b4c3d2",
    "ivan.aleksandrov-konstantinov.koordinator@technicheski-universitet-plovdiv.example.bg",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08aa27c1bb1e4e6c05b7fd",
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA/u7n+GQ2wIDAQAB/k8sPzx3vMXbB0wJqk2hT5uYF",
)


@pytest.mark.parametrize("run", LONG_ADDRESSES, ids=["web", "mail", "hash", "key"])
class TestUnbreakableRuns:
    def test_a_run_beside_a_card_leaves_no_hole_and_no_wide_space(self, tmp_path: Path, run: str) -> None:
        text = f"Пълният запис на измерванията е на {run} и остава там до края на проекта."
        layout = laid_out(tmp_path, {"Раздел": {"a": PROJECT.format(text=text)}})
        lines = [line for line in layout.pages[1] if 180 < line.left < 210 and 9.5 < line.size < 10.5]
        distances = [
            upper.baseline - lower.baseline
            for upper, lower in itertools.pairwise(lines)
            if lower.text.strip()
        ]
        assert distances == pytest.approx([14] * len(distances), abs=0.1)
        assert bare(run) in layout.words()
        assert not any(re.search(r"//www$", line.text.strip()) for line in lines)

    def test_a_run_stays_within_its_column_wherever_it_stands(self, tmp_path: Path, run: str) -> None:
        head = f'standfirst: "Подзаглавие {run}"\nauthor: "{run}"\n'
        text = f"Код `{run}` и още.\n\n- точка {run}\n\n> цитат {run}"
        layout = laid_out(tmp_path, {"Раздел": {"a": article(f'"Новина {run}"', text, head)}})
        # The build's preflight would have refused the file had a letter crossed the page's edge.
        assert layout.words().count(bare(run)) == 7
        assert not [finding for finding in layout.findings if finding.code.startswith("W1")]


class TestCards:
    @pytest.mark.parametrize("count", [5, 9])
    @pytest.mark.parametrize("text", ["", "Елате."], ids=["without text", "with a text"])
    def test_a_card_stands_on_the_page_of_its_head_or_repeats_the_name(
        self, tmp_path: Path, count: int, text: str
    ) -> None:
        events = {
            f"e{at}": EVENT.format(title=f"Събитие {NAMES[at]}", day=at + 1, text=text) for at in range(count)
        }
        layout = laid_out(tmp_path, {"Предстои": events})
        for at in range(count):
            named = f"Събитие {NAMES[at]}"
            date = f"{at + 1} юли 2024"
            card = next(
                number
                for number, page in enumerate(layout.pages)
                if any(
                    line.text.replace("\u00a0", " ").startswith(date)
                    and 8.4 < line.size < 8.6
                    and line.left < 100
                    for line in page
                )
            )
            assert any(line.text.strip() == named for line in layout.pages[card])

    def test_a_card_beside_its_head_does_not_repeat_the_name(self, tmp_path: Path) -> None:
        layout = laid_out(tmp_path, {"Предстои": {"a": EVENT.format(title="Ден", day=1, text="Елате.")}})
        assert not [line for line in layout.pages[1] if line.left < 100 and line.text.strip() == "Ден"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1. а\n2. б\n\nмежду\n\n3. в\n\nоще\n\n14. г\n15. д", ["1.", "2.", "3.", "14.", "15."]),
        ("0. нула\n1. едно", ["0.", "1."]),
        ("98. а\n99. б\n100. в", ["98.", "99.", "100."]),
        ("7. а\n   3. б\n   4. в\n8. г", ["7.", "3.", "4.", "8."]),
    ],
    ids=["continued", "from nought", "three digits", "nested"],
)
def test_ordered_lists_keep_their_numbers(tmp_path: Path, text: str, numbers: list[str]) -> None:
    layout = laid_out(tmp_path, {"Раздел": {"a": article("Списък", text)}})
    downwards = sorted(layout.pages[1], key=lambda line: -line.baseline)
    shown = [line.text for line in downwards if 9 < line.size < 10.5]
    assert re.findall(r"(?<!\d)\d+\.", " ".join(shown)) == numbers


TITLES = ("Вести", "ЩЩЩЮЮШШЖЖ", "Непротиворечивост", "Градоустройство и взаимодействие")


@pytest.mark.parametrize("title", TITLES)
def test_the_title_on_the_first_page_is_as_large_as_its_words_allow(tmp_path: Path, title: str) -> None:
    layout = laid_out(tmp_path, {"Раздел": {"a": article("Новина", "Текст.")}}, publication=title)
    heads = [line for line in layout.pages[0] if line.size > 30]
    assert bare("".join(line.text for line in heads)) == bare(title)
    assert all(word in " ".join(line.text for line in heads) for word in title.split())


@pytest.mark.parametrize("word", ["Работилница", "най-после-говори-съседите"])
def test_a_title_of_many_lines_stands_whole_on_the_field_of_the_first_page(tmp_path: Path, word: str) -> None:
    title = " ".join([word] * (200 // (len(word) + 1)))
    layout = laid_out(
        tmp_path, {"Раздел": {"a": article("Новина", "Текст.")}}, publication=title, title=title
    )
    heads = [line for line in layout.pages[0] if 20 < line.size < 30]
    assert bare("".join(line.text for line in heads)).startswith(bare(title))


@pytest.mark.parametrize("words", [2, 9, 30])
def test_running_heads_never_meet(tmp_path: Path, words: int) -> None:
    section = " ".join(["Работилница"] * words)
    title = " ".join(["Проекти"] * words)
    layout = laid_out(tmp_path, {section: {"a": article("Новина", "Текст.")}}, title=title)
    left, right = (line for line in layout.pages[1] if line.baseline > 780)
    assert left.text.startswith("Вести")
    assert right.text.strip().startswith("1. Работилница")
    assert right.left > 56 + 8
    assert not [finding for finding in layout.findings if "19" in finding.code]
