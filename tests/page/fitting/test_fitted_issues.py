"""Whole issues on fitted pages: their words, their sides, their sheets."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.findings.finding import errors
from pipeline.pdf.text import page_lines, page_texts
from tests.page.makeup.test_whole_issues import MADE_UP, SENTENCE
from tests.support.whole_issues.workspaces import Built, built, photograph, workspace

if TYPE_CHECKING:
    from pathlib import Path

HOUSE: Final = MADE_UP + "pages: multiple-of-4\nfillers: [fillers/join.md, fillers/quote.md]\n"
JOIN: Final = "---\ntitle: Станете член\n---\nПриемаме нови членове през цялата година.\n"
QUOTE: Final = "---\ntitle: Мисъл\n---\n> Градът се чете с крака.\n"


def text(count: int, start: int) -> str:
    return "\n\n".join(f"Точка {start + number}. {SENTENCE}" for number in range(count))


def of_short_pieces(root: Path, publication: str = HOUSE) -> Built:
    """Build an issue: an article with a photograph, short pieces that may change places, a last article."""
    articles = {
        "long.md": f"---\ntitle: Мостът\n---\n{text(6, 100)}\n\n"
        f'![Мостът](images/bridge.jpg "Мостът през май"){{credit="архив" consent=not-needed}}\n\n'
        f"{text(9, 110)}\n",
        "last.md": f"---\ntitle: Накрая\nweight: standard\n---\n{text(20, 300)}\n",
    }
    for number, count in enumerate((4, 2, 5, 3)):
        articles[f"short{number}.md"] = (
            f"---\ntitle: Кратка {number}\nweight: short\n---\n{text(count, 200 + 10 * number)}\n"
        )
    plan = (
        "sections:\n  - {title: Първи, articles: [long.md]}\n"
        "  - title: Втори\n    order: free\n"
        "    articles: [short0.md, short1.md, short2.md, short3.md]\n"
        "  - {title: Трети, articles: [last.md]}\n"
    )
    files = {
        "images/bridge.jpg": photograph(1500, 1000),
        "../fillers/join.md": JOIN.encode(),
        "../fillers/quote.md": QUOTE.encode(),
    }
    return built(
        workspace(root / "w", articles, files, issue=plan, publication=publication),
        root / "out",
        "screen",
        mail=True,
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return of_short_pieces(tmp_path_factory.mktemp("house"))


def pages_of(of: Built) -> list[str]:
    pdf = next(path for name, path in of.files.items() if name.endswith(".pdf"))
    return list(page_texts(pdf.read_bytes()))


def report_of(of: Built) -> dict[str, object]:
    path = next(path for name, path in of.files.items() if name.endswith("report.json"))
    report: dict[str, object] = json.loads(path.read_text("utf-8"))["editions"]["screen"]
    return report


def test_pages_come_to_whole_sheets_and_the_law_of_the_page_is_kept(house: Built) -> None:
    assert errors(house.findings) == []
    assert len(pages_of(house)) % 4 == 0


def test_a_filler_that_stands_on_a_page_is_named_in_the_report_and_is_in_no_mail(house: Built) -> None:
    whole = re.sub(r"\s+", "", "".join(pages_of(house)))
    fitting = report_of(house)["fitting"]
    placed = [each["filler"] for each in fitting.get("fillers", ())]  # type: ignore[attr-defined]
    for name, words in (
        ("fillers/join.md", "Приемаменовичленове"),
        ("fillers/quote.md", "Градътсечетескрака"),
    ):
        assert whole.count(words) == placed.count(name) <= 1
    mails = [path.read_text("utf-8") for name, path in house.files.items() if "-mail" in name]
    assert mails
    assert not any("Станете член" in mail or "Мисъл" in mail for mail in mails)


def test_the_mail_keeps_the_order_of_the_files(house: Built) -> None:
    mail = next(path for name, path in house.files.items() if name.endswith("-mail.txt")).read_text("utf-8")
    places = [mail.index(f"Кратка {number}") for number in range(4)]
    assert places == sorted(places)


def test_the_same_files_are_fitted_the_same(house: Built, tmp_path: Path) -> None:
    again = of_short_pieces(tmp_path)
    assert pages_of(again) == pages_of(house)
    assert report_of(again)["fitting"] == report_of(house)["fitting"]
    for name in house.files:
        if name.endswith(".pdf"):
            assert again.files[name].read_bytes() == house.files[name].read_bytes()


def test_folios_stand_at_the_outer_edge_of_every_page_that_the_contents_name(house: Built) -> None:
    pdf = next(path for name, path in house.files.items() if name.endswith(".pdf")).read_bytes()
    pages = list(page_lines(pdf))
    named = {
        int(number) for number in re.findall(r"(?<!\d)\d(?!\d)", " ".join(line.text for line in pages[0]))
    }
    assert named
    for number, lines in enumerate(pages, 1):
        folios = [line for line in lines if line.text.strip() == str(number) and line.baseline < 60]
        if number in named and number > 1:
            assert folios, number
        for folio in folios:
            assert (folio.left > 297) == bool(number % 2)
