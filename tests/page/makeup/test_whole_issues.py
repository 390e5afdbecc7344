"""Whole issues in a style whose pages are made up: the law of the page and preflight find no errors."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pikepdf
import pypdfium2
import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.findings.finding import errors
from pipeline.models.editions import EDITIONS
from pipeline.pdf.text import page_lines, page_texts
from tests.support.whole_issues.workspaces import PUBLICATION, photograph, workspace

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.production.building import BuildResult

MADE_UP: Final = PUBLICATION.replace("name: knowledge-city", "name: bulletin")

LOGO: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10" viewBox="0 0 40 10"><title>IDEC</title>'
    b'<path d="M0 0h40v10H0z" fill="#000000"/></svg>'
)

SENTENCE: Final = (
    "В продължение на три дни участниците обикаляха из кварталите, снимаха и чертаеха, а картата не "
    "прилича на нито една от досегашните."
)


def paragraphs(count: int, start: int = 0) -> str:
    """Return paragraphs that differ, so that each can be found on the pages."""
    return "\n\n".join(f"Точка {start + number}. {SENTENCE}" for number in range(count))


def picture(name: str, caption: str, marks: str = "") -> str:
    """Return a picture between paragraphs."""
    marks = f'{marks} credit="архив" consent=not-needed'
    return f'\n\n![Вид към {caption}](images/{name} "{caption}"){{{marks}}}\n\n'


def made_up_issue() -> tuple[dict[str, str], dict[str, bytes], str]:
    """Return the articles, pictures and plan of an issue with each of the forms."""
    articles = {
        "lead.md": "---\ntitle: Градът започва от квартала\nstandfirst: Три дни и една карта.\n"
        f"author: Елена Петрова\n---\n{paragraphs(2)}[^1]"
        f"{picture('wide.jpg', 'Първата спирка', '.wide')}{paragraphs(9, 2)}\n\n"
        "> Много малки места, които се виждат едно друго.\n\n"
        "[^1]: Наредба № 5 от 29 декември 2016 г.\n",
        "feature.md": "---\ntitle: Новата лаборатория\nauthor: Георги Стоев\n---\n"
        f"{paragraphs(3, 20)}{picture('wide.jpg', 'Моделът')}{paragraphs(3, 23)}"
        f"{picture('upright.jpg', 'Гостът', '.margin')}{paragraphs(9, 26)}\n",
        "project.md": "---\nkind: project\ntitle: Картата на шума\nprogramme: Еразъм+\nfunder: eu\n"
        "budget: {total: 100000 EUR, share: 20000 EUR}\nperiod: {start: 2023-01, end: 2025-01}\n"
        "partners: {organisations: 4, countries: [BG, ES]}\n---\n" + paragraphs(6, 40) + "\n",
        "partners.md": "---\nkind: partners\ntitle: С кого работим\norganisations:\n"
        "  - {name: IDEC, country: GR, logo: images/logo.svg}\n  - {name: Politeknika, country: ES}\n---\n",
        "gallery.md": "---\nkind: gallery\ntitle: Шест снимки\n---\nСнимките са на участниците.\n"
        + "".join(picture(f"g{number}.jpg", f"Кадър {number}") for number in range(6)),
    }
    for number in range(3):
        articles[f"short{number}.md"] = (
            f"---\ntitle: Кратка {number}\n---\n{paragraphs(4, 60 + 10 * number)}\n"
        )
        articles[f"news{number}.md"] = (
            f"---\nkind: member_news\ntitle: Новина {number}\nmember: Член {number}\n"
            f"url: https://example.org/{number}\n---\nТова е известие {number}.\n"
        )
    for number in range(5):
        articles[f"event{number}.md"] = (
            f"---\nkind: event\ntitle: Среща {number}\nstart: 2024-0{6 - number}-1{number} 10:00\n"
            f"place: Зала {number}\nregistration: office@example.org\n---\n"
            + ("" if number else "Очакваме ви.\n")
        )
    files = {f"images/g{number}.jpg": photograph(1500, 1000) for number in range(5)}
    files |= {
        "images/logo.svg": LOGO,
        "images/g5.jpg": photograph(1500, 1700),
        "images/wide.jpg": photograph(2600, 1500),
        "images/upright.jpg": photograph(900, 1200),
    }
    sections = (
        ("Училище", ["lead.md"]),
        ("Лаборатории", ["feature.md", "project.md"]),
        ("Квартали", [f"short{number}.md" for number in range(3)]),
        ("Членове", [f"news{number}.md" for number in range(3)]),
        ("Предстои", [f"event{number}.md" for number in range(5)]),
        ("Снимки", ["gallery.md"]),
        ("Партньори", ["partners.md"]),
    )
    plan = (
        "cover: {article: lead.md, picture: images/wide.jpg, alternative: Кварталът, credit: архив}\n"
        "greeting: Хубава пролет!\nsections:\n"
    )
    plan += "".join(f"  - title: {title}\n    articles: [{', '.join(names)}]\n" for title, names in sections)
    return articles, files, plan


def pages(result: BuildResult) -> int:
    """Return the number of pages of what was built."""
    return len(list(page_texts(result.paths[0].read_bytes())))


def built(root: Path, edition: str) -> BuildResult:
    """Build an edition of the issue; an error stops it."""
    articles, files, plan = made_up_issue()
    of = workspace(root / "w", articles, files, issue=plan, publication=MADE_UP)
    return build(BuildRequest(of.choose_issue(), of, root / "out", editions=(EDITIONS[edition],)))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BuildResult]:
    """Return the screen edition and the press edition of the issue."""
    return {edition: built(tmp_path_factory.mktemp(edition), edition) for edition in ("screen", "press")}


@pytest.mark.parametrize("edition", ["screen", "press"])
def test_an_issue_with_every_form_is_printed_whole_and_without_errors(
    edition: str, results: dict[str, BuildResult]
) -> None:
    result = results[edition]
    assert errors(result.findings) == []
    allowed = {"W05", "W06", "W12", "W190", "W191", "W192", "W197", "W198"}
    assert {finding.code for finding in result.findings} <= allowed
    assert pages(result) < 16


def test_a_picture_that_reaches_the_spine_ends_at_the_trim_in_a_press_file(
    results: dict[str, BuildResult],
) -> None:
    bled = 0
    with pikepdf.open(io.BytesIO(results["press"].paths[0].read_bytes())) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            trim = [float(edge) for edge in page.TrimBox.as_list()]
            bleed = [float(edge) for edge in page.BleedBox.as_list()]
            spine, outer = (0, 2) if number % 2 else (2, 0)
            assert abs(bleed[spine] - trim[spine]) < 0.01
            assert abs(bleed[outer] - trim[outer]) > 8
    document = pypdfium2.PdfDocument(results["press"].paths[0].read_bytes())
    for number, sheet in enumerate(document, 1):
        left, bottom, right, top = sheet.get_trimbox()
        pixels = sheet.render(grayscale=True).to_pil()
        height = pixels.height
        inner, beyond = (left + 2, left - 4) if number % 2 else (right - 3, right + 3)
        rows = range(height - int(top) + 4, height - int(bottom) - 4)
        bled += any(pixels.getpixel((int(inner), row)) < 250 for row in rows)
        assert all(pixels.getpixel((int(beyond), row)) >= 250 for row in rows), number
    assert bled  # the cover does, and the lead


def test_folios_and_heads_stand_at_the_outer_edge_and_name_the_section_a_page_begins_in(
    results: dict[str, BuildResult],
) -> None:
    titles = ("Училище", "Лаборатории", "Квартали", "Членове", "Предстои", "Снимки", "Партньори")
    section = 0
    heads = 0
    for number, lines in enumerate(page_lines(results["screen"].paths[0].read_bytes()), 1):
        head = [line for line in lines if line.baseline > 795]
        bands = [
            (line.baseline, titles.index(name) + 1)
            for line in lines
            for name in titles
            if line.text.strip().endswith(name) and 10.5 < line.size < 11.5 and line.baseline < 795
        ]
        text = [line.baseline for line in lines if line.baseline < 795 and line not in head]
        begins = max(bands, default=(0, section))
        if bands and begins[0] >= max(text) - 1:
            section = begins[1]
        if number % 2 and head and section and number > 2:
            heads += 1
            assert all(line.left > 200 for line in head)
            said = "".join(line.text for line in head).strip()
            assert said in {f"{section}. {titles[section - 1]}", "Проектите накратко"}
        section = max((name for _, name in bands), default=section)
        for folio in (line for line in lines if line.text.strip() == str(number) and line.baseline < 60):
            assert (folio.left > 297) == bool(number % 2)
    assert heads >= 2


def test_an_issue_without_a_picture_has_a_cover_of_type_with_its_contents(tmp_path: Path) -> None:
    articles = {"a.md": f"---\ntitle: Мостът\n---\n{paragraphs(8)}\n"}
    of = workspace(tmp_path / "w", articles, publication=MADE_UP)
    result = build(BuildRequest(of.choose_issue(), of, tmp_path / "out", editions=(EDITIONS["screen"],)))
    assert errors(result.findings) == []
    assert pages(result) == 2


def test_an_event_set_as_an_article_has_its_width_and_a_page_break_begins_a_page(tmp_path: Path) -> None:
    """Of an entry in the calendar it has nothing but its facts; within columns a page ends all the same."""
    facts = "title: Конференция за изобретатели\nstart: 2024-05-04\nplace: София\nweight: standard"
    event = f"---\nkind: event\n{facts}\n---\n"
    articles = {
        "a.md": f"{event}Преди.\n\n<!-- page break -->\n\nСлед.\n",
        "b.md": "---\ntitle: Кратко\n---\nДуми.\n",
    }
    of = workspace(tmp_path / "w", articles, publication=MADE_UP)
    result = build(BuildRequest(of.choose_issue(), of, tmp_path / "out", editions=(EDITIONS["screen"],)))
    assert errors(result.findings) == []
    lines = [[line.text.strip() for line in page] for page in page_lines(result.paths[0].read_bytes())]
    # The first page of the text has the whole title on one line; what follows the break is on the next.
    assert "Конференция за изобретатели" in lines[1]
    assert "Преди." in lines[1]
    assert "След." in lines[2]


def test_the_picture_of_a_spread_reaches_the_upper_edge(tmp_path: Path) -> None:
    articles, files, plan = made_up_issue()
    # The lead ends on its page, a right one.
    lead = articles["lead.md"].replace(paragraphs(9, 2), paragraphs(2, 2))
    articles = {"lead.md": lead, "gallery.md": articles["gallery.md"]}
    files["images/g0.jpg"] = photograph(2600, 2800)
    plan = plan[: plan.index("  - title: Лаборатории")] + "  - title: Снимки\n    articles: [gallery.md]\n"
    of = workspace(tmp_path / "w", articles, files, issue=plan, publication=MADE_UP)
    made = build(BuildRequest(of.choose_issue(), of, tmp_path / "out", editions=(EDITIONS["screen"],)))
    document = pypdfium2.PdfDocument(made.paths[0].read_bytes())
    rendered = [page.render(scale=1).to_pil().convert("L") for page in document]
    document.close()
    shades = [(page.getpixel((300, 1)), page.getpixel((300, 838))) for page in rendered]
    # The field below the picture is the only ground that reaches the foot of a page whose head is no paper.
    (spread,) = [(head, foot) for head, foot in shades if head < 250 and foot < 250]
    assert abs(spread[0] - spread[1]) > 10
