"""What `check` says, `build` keeps: an issue without errors is built, in every edition."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

import pikepdf
import pytest

from pipeline.pdf.text import page_texts
from tests.support.whole_issues.workspaces import (
    DATE,
    PUBLICATION,
    built,
    checked,
    errors_in,
    photograph,
    workspace,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.whole_issues.workspaces import Built

FIGURE: Final = '![Чаша чай на маса]({name} "Чаят"){{credit="редакцията" consent=not-needed}}\n'


def decomposed(name: str) -> str:
    return unicodedata.normalize("NFD", name)


def sound(root: Path, of: Built, *names: str) -> None:
    assert errors_in(of.findings) == []
    assert {f"bulletin-{DATE}{name}" for name in names} <= of.files.keys(), root


@pytest.mark.parametrize(
    ("on_disk", "written"),
    [
        (decomposed("images/чай.jpg"), "images/чай.jpg"),
        ("images/чай.jpg", decomposed("images/чай.jpg")),
        (decomposed("Край й/café.jpg"), "Край й/café.jpg"),
        ("images/чай.jpg", "./images//чай.jpg"),
    ],
    ids=["file decomposed", "reference decomposed", "folder too", "written with dots"],
)
def test_a_picture_that_check_finds_is_built_however_its_name_is_written(
    on_disk: str, written: str, tmp_path: Path
) -> None:
    text = "---\ntitle: Снимка\n---\nТекст.\n\n" + FIGURE.format(name=f"<{written}>")
    of = workspace(tmp_path / "w", {"a.md": text}, {on_disk: photograph(1600, 1200)})
    assert errors_in(checked(of)) == []
    sound(
        tmp_path, built(of, tmp_path / "out", mail=True), ".pdf", "-press.pdf", "-archive.pdf", "-mail.html"
    )


def test_articles_cover_and_logo_are_found_however_their_names_are_encoded(tmp_path: Path) -> None:
    name, logo = "край.md", "знай.png"
    articles = {
        decomposed(name): "---\ntitle: Край\nkind: project\nprogramme: П\nfunder: eu\n---\nТекст.\n\n"
        + FIGURE.format(name="a.jpg"),
        "b.md": f"---\ntitle: Начало\n---\nКъм [края](<{decomposed(name)}>) и [края](<{name}>).\n",
    }
    publication = PUBLICATION.replace("eu-emblem", logo)
    listed = f"sections:\n  - title: Раздел\n    articles: [{name}, b.md]\n"
    issue = f"cover: {{article: {decomposed(name)}}}\n{listed}"
    files = {"a.jpg": photograph(2600, 1600), f"../{decomposed(logo)}": photograph(600, 300, "PNG")}
    of = workspace(tmp_path / "w", articles, files, issue=issue, publication=publication)
    assert [each.code for each in checked(of) if each.code in {"W02", "E50", "E01"}] == []
    assert errors_in(checked(of)) == []
    result = built(of, tmp_path / "out")
    sound(tmp_path, result, ".pdf", "-press.pdf", "-archive.pdf")
    with pikepdf.open(result.files[f"bulletin-{DATE}.pdf"]) as pdf:
        links = [each for page in pdf.pages for each in page.get("/Annots", []) if "/Dest" in each]
    assert len(links) >= 2


@pytest.mark.parametrize("name", ["Новини", "НОВИНИ"])
@pytest.mark.parametrize(
    "text",
    [
        "Преди.\n\n## Глава\n\nТекст.\n\n### Под нея\n\nТекст.\n\n#### Най-долу\n\nТекст.\n",
        "> ## Глава в цитат\n>\n> Текст.\n",
        "- Точка\n\n  ## Глава в списък\n\n  Текст.\n",
    ],
    ids=["three levels", "in a quotation", "in a list"],
)
def test_an_article_named_like_its_section_skips_no_level_of_headings(
    name: str, text: str, tmp_path: Path
) -> None:
    of = workspace(tmp_path / "w", {"a.md": f"---\ntitle: {name}\n---\n{text}"}, section="Новини")
    assert errors_in(checked(of)) == []
    result = built(of, tmp_path / "out", "screen")
    sound(tmp_path, result, ".pdf")
    words = " ".join(page_texts(result.files[f"bulletin-{DATE}.pdf"].read_bytes()))
    assert "Глава" in words


@pytest.mark.parametrize("pictures", [2, 4, 7])
def test_pictures_of_a_gallery_are_judged_and_converted_at_the_width_of_their_row(
    pictures: int, tmp_path: Path
) -> None:
    rows = "".join(FIGURE.format(name=f"p{at}.jpg") + "\n" for at in range(pictures))
    files = {f"p{at}.jpg": photograph(2400, 1600) for at in range(pictures)}
    of = workspace(tmp_path / "w", {"a.md": f"---\nkind: gallery\ntitle: Снимки\n---\n{rows}"}, files)
    assert not [each for each in checked(of) if each.code in {"W04", "W12", "E68"}]
    result = built(of, tmp_path / "out", "press")
    sound(tmp_path, result, "-press.pdf")
    assert not [each for each in result.findings if each.code in {"W12", "W124"}]
    with pikepdf.open(result.files[f"bulletin-{DATE}-press.pdf"]) as pdf:
        widths = [int(image.Width) for page in pdf.pages for image in page.get_images().values()]
    # A row of the gallery has at least two pictures on 170 mm, and 300 pixels an inch are the most.
    assert widths
    assert max(widths) <= 170 / 2 / 25.4 * 300 + 2


def test_a_picture_too_coarse_for_its_row_is_refused_by_check_and_not_by_build_alone(tmp_path: Path) -> None:
    rows = "".join(FIGURE.format(name=f"p{at}.jpg") + "\n" for at in range(2))
    files = {f"p{at}.jpg": photograph(420, 280) for at in range(2)}
    of = workspace(tmp_path / "w", {"a.md": f"---\nkind: gallery\ntitle: Снимки\n---\n{rows}"}, files)
    assert [each.code for each in checked(of) if each.severity.value == "error"] == ["E68", "E68"]


@pytest.mark.parametrize(
    "budgets",
    [
        ["{total: 4960000 EUR, share: 8000 EUR}"],
        ["{total: 1 EUR}", "{total: 10000000000 EUR, share: 1 EUR}", "{total: 9000000000 EUR}"],
        ["{total: 999999999999 EUR, share: 0.01 EUR}", "{total: 999999999998 EUR, share: 999999999998 EUR}"],
        ["{total: 0 EUR, share: 0 EUR}", "{total: 0 EUR}"],
    ],
    ids=["a sixth of a per cent", "one euro beside ten billion", "a cent of a trillion", "nothing"],
)
def test_bars_of_budgets_are_never_too_thin_for_the_press(budgets: list[str], tmp_path: Path) -> None:
    articles = {
        f"p{at}.md": f"---\nkind: project\ntitle: Проект {at}\nbudget: {budget}\n---\nТекст.\n"
        for at, budget in enumerate(budgets)
    }
    of = workspace(tmp_path / "w", articles)
    assert errors_in(checked(of)) == []
    sound(tmp_path, built(of, tmp_path / "out", "press"), "-press.pdf")
