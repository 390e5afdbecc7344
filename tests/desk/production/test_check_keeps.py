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


BROKEN_ARTICLES: Final = {
    "fields that are no YAML": "---\ntitle: Един: два\n---\nТекст.\n",
    "no fields": "Текст без полета.\n",
    "an unknown field": "---\ntitel: Едно\n---\nТекст.\n",
    "a fact that is none": "---\nkind: event\ntitle: Едно\nstart: утре\nplace: Тук\n---\nТекст.\n",
    "a fact left out": "---\nkind: event\ntitle: Едно\n---\nТекст.\n",
}


@pytest.mark.parametrize("broken", BROKEN_ARTICLES.values(), ids=BROKEN_ARTICLES)
def test_errors_of_one_article_hide_no_finding_of_another(broken: str, tmp_path: Path) -> None:
    other = "---\ntitle: Друго\n---\nЗнак \u0416\u0301\ue000, кракозябърра.\n\n" + FIGURE.format(name="a.jpg")
    cover = "cover: {picture: c.jpg, alternative: Мост над река, credit: Автор}\n"
    files = {"a.jpg": photograph(90, 60), "c.jpg": photograph(80, 60)}
    of = workspace(tmp_path / "w", {"a.md": broken, "b.md": other}, files, issue=cover)
    found = {
        (each.code, each.place.path.rpartition("/")[2]) for each in checked(of, spelling=True) if each.place
    }
    assert {("W04", "b.md"), ("E68", "b.md"), ("E68", "issue.yaml"), ("E70", "b.md")} <= found
    assert ("W420", "b.md") in found
    assert [code for code, path in found if path == "a.md" and code.startswith("E")]


@pytest.mark.parametrize("broken", BROKEN_ARTICLES.values(), ids=BROKEN_ARTICLES)
def test_errors_in_the_fields_of_an_article_hide_no_finding_of_its_text(broken: str, tmp_path: Path) -> None:
    text = f"{broken}\nЗнак \ue000.\n\n{FIGURE.format(name='a.jpg')}"
    of = workspace(tmp_path / "w", {"a.md": text}, {"a.jpg": photograph(90, 60)})
    codes = {each.code for each in checked(of)}
    if broken.startswith("---"):
        assert {"E68", "E70"} <= codes


@pytest.mark.parametrize(
    ("publication", "issue"),
    [
        (PUBLICATION.replace("site: https://www.example.org/", "site: www"), ""),
        (PUBLICATION.replace("languages: [bg]", "languages: [bg"), ""),
        (PUBLICATION.replace("style: {name: knowledge-city, version: 1}\n", ""), ""),
        (PUBLICATION, "sections:\n  - title:\n    articles: [a.md]\n"),
        (PUBLICATION, "greeting: [a]\n"),
        (PUBLICATION, "number: 1\n"),
    ],
    ids=[
        "a site that is none",
        "no YAML",
        "no style",
        "a section without title",
        "a list for a text",
        "twice",
    ],
)
def test_errors_of_the_issue_or_the_publication_hide_no_finding_of_an_article(
    publication: str, issue: str, tmp_path: Path
) -> None:
    text = f"---\ntitle: Едно\n---\nЗнак \ue000.\n\n{FIGURE.format(name='a.jpg')}"
    of = workspace(
        tmp_path / "w", {"a.md": text}, {"a.jpg": photograph(90, 60)}, publication=publication, issue=issue
    )
    found = {(each.code, each.place.path.rpartition("/")[2]) for each in checked(of) if each.place}
    assert {("E68", "a.md"), ("E70", "a.md")} <= found
    assert [code for code, path in found if path.endswith(".yaml") and code.startswith("E")]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_picture_that_ends_too_early_is_found_by_check(kind: str, tmp_path: Path) -> None:
    ending = {"JPEG": "jpg", "PNG": "png", "TIFF": "tif", "WEBP": "webp"}[kind]
    whole = photograph(1600, 1200, kind)
    text = "---\ntitle: Едно\n---\n" + FIGURE.format(name=f"a.{ending}")
    of = workspace(tmp_path / "w", {"a.md": text}, {f"a.{ending}": whole[: len(whole) * 2 // 3]})
    assert [each.code for each in checked(of) if each.severity.value == "error"] == ["E55"]


@pytest.mark.parametrize("notes", [24, 50])
def test_notes_that_go_on_behind_the_text_are_all_on_the_pages(notes: int, tmp_path: Path) -> None:
    calls = " ".join(f"дума[^{at}]" for at in range(notes)) + " и пак[^0]"
    words = "Бележка с много думи, които заемат място на страницата, още и още. " * 4
    texts = "".join(f"\n\n[^{at}]: {words} Край{at}." for at in range(notes))
    of = workspace(tmp_path / "w", {"a.md": f"---\ntitle: Едно\n---\n{calls}.{texts}\n"})
    assert errors_in(checked(of)) == []
    result = built(of, tmp_path / "out", "screen")
    sound(tmp_path, result, ".pdf")
    pages = list(page_texts(result.files[f"bulletin-{DATE}.pdf"].read_bytes()))
    assert [at for at in range(notes) if f"Край{at}." not in " ".join(pages)] == []
    # The pages of notes have the running heads and the margins of the others.
    assert all("1. Раздел" in page for page in pages[1:])


WIDE_WORDS: Final = (
    "непротивоконституционно",
    "Donaudampfschifffahrt",
    "https://www.example.org/a/b/cccccccccccccc/dddd?e=1",
    "12 345 678",
    "a4abd4448c49562d828115d13a1fccea927f52b4",
)


@pytest.mark.parametrize("columns", [4, 7, 12])
@pytest.mark.parametrize("before", ["", "> ", "- "], ids=["alone", "in a quotation", "in a list"])
def test_a_table_of_any_width_stays_within_the_page(columns: int, before: str, tmp_path: Path) -> None:
    rows = [[WIDE_WORDS[(at + row) % len(WIDE_WORDS)] for at in range(columns)] for row in range(3)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "--|" * columns)
    behind = before if before == "> " else " " * len(before)
    table = "\n".join((before if at == 0 else behind) + line for at, line in enumerate(lines))
    of = workspace(tmp_path / "w", {"a.md": f"---\ntitle: Едно\n---\nТекст.\n\n{table}\n\nТекст.\n"})
    assert errors_in(checked(of)) == []
    result = built(of, tmp_path / "out", "screen")
    sound(tmp_path, result, ".pdf")
    shown = "".join("".join(page_texts(result.files[f"bulletin-{DATE}.pdf"].read_bytes())).split())
    assert shown.count("непротивоконституционно") == sum(row.count(WIDE_WORDS[0]) for row in rows)


def svg(inner: str, head: str = 'viewBox="0 0 1000 500"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inner}</svg>'.encode()


HAIRLINES: Final = {
    "an attribute": svg('<path d="M0 9H900" stroke="#000" stroke-width=".5"/>'),
    "inherited and scaled": svg(
        '<g stroke="#000" transform="scale(.1)"><path d="M0 9H9000" stroke-width="5"/></g>'
    ),
    "a class": svg(
        "<style>.a,.b{stroke:#000;stroke-width:.3px}</style><circle class='b' r='200' fill='none'/>"
    ),
    "a style": svg('<path d="M0 9H900" style="stroke:#000;stroke-width:0.2"/>'),
    "a thin rectangle": svg('<rect width="900" height=".4"/>'),
    "used": svg('<defs><path id="p" d="M0 9H900" stroke="#000" stroke-width=".5"/></defs><use href="#p"/>'),
}
LINES: Final = {
    "thick": svg('<path d="M0 9H900" stroke="#000" stroke-width="2"/>'),
    "none": svg('<path d="M0 9H900V40Z" stroke="none" stroke-width=".1"/>'),
    "not used": svg(
        '<defs><path id="p" d="M0 9H900" stroke="#000" stroke-width=".1"/></defs><rect width="9" height="9"/>'
    ),
    "enlarged": svg(
        '<g stroke="#000" transform="matrix(9 0 0 9 0 0)"><path d="M0 9H90" stroke-width=".3"/></g>'
    ),
}


@pytest.mark.parametrize("drawing", HAIRLINES.values(), ids=HAIRLINES)
def test_lines_of_a_drawing_too_thin_for_paper_are_found_by_check(drawing: bytes, tmp_path: Path) -> None:
    text = "---\ntitle: Едно\n---\nТекст.\n\n" + FIGURE.format(name="a.svg")
    of = workspace(tmp_path / "w", {"a.md": text}, {"a.svg": drawing})
    assert [each.code for each in checked(of) if each.severity.value == "error"] == ["E162"]
    # The build finds the same in the finished file, so check does not refuse what could be printed.
    codes = {each.code for each in built(of, tmp_path / "out", "press").findings}
    assert "E126" in codes


@pytest.mark.parametrize("drawing", LINES.values(), ids=LINES)
def test_lines_of_a_drawing_that_can_be_printed_are_not_refused(drawing: bytes, tmp_path: Path) -> None:
    text = "---\ntitle: Едно\n---\nТекст.\n\n" + FIGURE.format(name="a.svg")
    of = workspace(tmp_path / "w", {"a.md": text}, {"a.svg": drawing})
    assert errors_in(checked(of)) == []
    sound(tmp_path, built(of, tmp_path / "out", "press"), "-press.pdf")


def test_a_note_longer_than_a_page_is_found_by_check_and_a_shorter_one_is_built(tmp_path: Path) -> None:
    for length, codes in ((3900, []), (4100, ["E163"])):
        note = ("думи " * 900)[:length].strip() + "."
        text = f"---\ntitle: Едно\n---\nТекст[^1].\n\n[^1]: {note}\n"
        of = workspace(tmp_path / f"w{length}", {"a.md": text})
        assert [each.code for each in checked(of) if each.severity.value == "error"] == codes
        if not codes:
            sound(tmp_path, built(of, tmp_path / "out", "screen"), ".pdf")


@pytest.mark.parametrize("escape", ["\\u0007", "\\u007f", "\\ufffe", "\\u0085"])
def test_a_control_character_is_one_finding(escape: str, tmp_path: Path) -> None:
    of = workspace(tmp_path / "w", {"a.md": f'---\ntitle: "Т{escape}я"\n---\nТекст.\n'})
    assert [each.code for each in checked(of) if each.severity.value == "error"] == ["E05"]


def test_budgets_that_are_more_together_than_one_can_be_are_summed(tmp_path: Path) -> None:
    budget = "{total: 999999999999999 EUR, share: 900000000000000 EUR}"
    articles = {
        f"p{at}.md": f"---\nkind: project\ntitle: Проект {at}\nbudget: {budget}\n---\nТекст.\n"
        for at in range(3)
    }
    of = workspace(tmp_path / "w", articles)
    assert errors_in(checked(of)) == []
    result = built(of, tmp_path / "out", "screen")
    sound(tmp_path, result, ".pdf")
    text = "".join(page_texts(result.files[f"bulletin-{DATE}.pdf"].read_bytes()))
    assert "2999999999999997" in "".join(sign for sign in text if sign.isdigit())


@pytest.mark.parametrize("measure", [".wide ", ".margin "])
def test_a_picture_in_the_row_of_a_gallery_stands_in_its_row_whatever_its_measure(
    measure: str, tmp_path: Path
) -> None:
    figure = FIGURE.replace("{{credit", "{{" + measure + "credit")
    rows = "".join(figure.format(name=f"p{at}.jpg") + "\n" for at in range(3))
    files = {f"p{at}.jpg": photograph(1600, 1200) for at in range(3)}
    of = workspace(tmp_path / "w", {"a.md": f"---\nkind: gallery\ntitle: Снимки\n---\n{rows}"}, files)
    assert errors_in(checked(of)) == []
    result = built(of, tmp_path / "out", "press")
    sound(tmp_path, result, "-press.pdf")
