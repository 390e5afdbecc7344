"""What is odd and yet legal looks right on pages that are made up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.models.kinds.partners import PartnersHead
from pipeline.models.text import Figure
from pipeline.page.makeup.forms import logos_of
from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from tests.page.makeup.issues_made_up import article, picture
from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.pdf.law.drawn.drawn_text import Fragment

MADE_UP = PUBLICATION.replace("knowledge-city", "bulletin")


def texts_of(root: Path, articles: dict[str, str], files: dict[str, bytes] | None = None) -> list[Fragment]:
    """Return the texts on the pages of an issue, which has no errors."""
    result = built(workspace(root / "w", articles, files, publication=MADE_UP), root / "out", "screen")
    assert errors_in(result.findings) == []
    (pdf,) = (path for name, path in result.files.items() if name.endswith(".pdf"))
    with opened_pages(pdf.read_bytes()) as pages:
        return [each for page in pages for each in page.fragments]


def test_the_largest_sum_is_not_broken_wherever_a_card_stands(tmp_path: Path) -> None:
    budget = "budget: {{total: 999999999999999 {1}, share: 1 {1}}}"
    head = f"---\nkind: project\ntitle: {{0}}\nweight: {{0}}\n{budget}\n---\n"
    text = "Работата започна и върви добре. " * 9
    # Of one project in a currency there is no table of budgets.
    currencies = {"lead": "USD", "feature": "TRY", "short": "EUR"}
    articles = {f"{name}.md": head.format(name, currency) + text for name, currency in currencies.items()}
    lines = [each.text.strip() for each in texts_of(tmp_path, articles)]
    for unit in ("долара", "TRY", "евро"):
        assert f"999\xa0999\xa0999\xa0999\xa0999\xa0{unit}" in lines


def test_a_table_within_a_list_or_a_quotation_has_the_width_of_both_columns(tmp_path: Path) -> None:
    heads = "| Място | Участник | Дружество | Област | Точки | Награда |"
    table = [heads, "|---|---|---|---|---|---|", "| 1 | Играч | Пешка | Плевен | 14 | Купа |"]
    quoted = "\n".join(f"> {line}" for line in table)
    listed = "- Класиране:\n\n" + "\n".join(f"  {line}" for line in table)
    text = "Вторият кръг се игра пред пълна зала. " * 9
    article = f"---\ntitle: Турнирът\nweight: standard\n---\n{text}\n\n{quoted}\n\n{text}\n\n{listed}\n"
    texts = texts_of(tmp_path, {"a.md": article})
    rows = [each for each in texts if each.text.strip() in {"Място", "Награда"}]
    assert [each.text.strip() for each in rows] == ["Място", "Награда"] * 2
    for first, last in (rows[:2], rows[2:]):
        assert first.is_on_line_of(last)
        assert last.box.left - first.box.left > 300


@pytest.mark.parametrize("weight", ["lead", "short"])
def test_the_heads_of_a_text_look_alike_where_the_section_has_its_title(weight: str, tmp_path: Path) -> None:
    text = f"---\ntitle: Раздел\nweight: {weight}\n---\nТекст.\n\n## Над текста\n\nОще текст.\n"
    (head,) = [each for each in texts_of(tmp_path, {"a.md": text}) if each.text.strip() == "Над текста"]
    assert round(head.size, 1) == 11.5


def test_a_picture_with_a_caption_is_no_logo_of_an_organisation() -> None:
    head = PartnersHead.model_validate({"kind": "partners", "title": "А", "organisations": [{"name": "Б"}]})
    logo, photograph = picture("a.png"), picture("a.jpg", caption="Празникът на Б")
    listing = article("a.md", 10, logo, head=head)
    assert logos_of(listing) == (logo,)
    assert logos_of(replace(listing, body=(Figure(photograph),))) == (None,)


def test_no_word_of_the_caption_of_a_very_narrow_picture_is_broken(tmp_path: Path) -> None:
    pole = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 400"><path d="M0 0H10V400Z"/></svg>'
    shown = "".join(f'\n\n![Стълб {at}](images/{at}.svg "Осветлението"){{credit="А"}}' for at in range(2))
    files = {f"images/{at}.svg": pole.encode() for at in range(2)}
    articles = {
        f"{kind}.md": f"---\nkind: {kind}\ntitle: Стълбове\n---\nДва стълба.{shown}\n"
        for kind in ("gallery", "article")
    }
    texts = texts_of(tmp_path, articles, files)
    assert [each.text.split()[0] for each in texts if "Освет" in each.text] == ["Осветлението"] * 4


def test_a_title_with_a_long_address_leaves_the_greeting_and_the_contents_to_a_page(tmp_path: Path) -> None:
    address = "редакция@a8a78d5575007d025d5a310ebb7439b636cfd40f71305ddf62e658e040f2.example.org"
    about = "greeting: Пишете ни!\n"
    issue = workspace(
        tmp_path / "w", {"a.md": "---\ntitle: Новина\n---\nТекст.\n"}, publication=MADE_UP, issue=about
    )
    plan = issue.choose_issue() / "issue.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("title: Опит", f"title: Адресът {address} има нов вид"), "utf-8"
    )
    result = built(issue, tmp_path / "out", "screen")
    assert errors_in(result.findings) == []
    (pdf,) = (path for name, path in result.files.items() if name.endswith(".pdf"))
    with opened_pages(pdf.read_bytes()) as pages:
        second = [each.text.strip() for each in list(pages)[1].fragments]
    assert "Пишете ни!" in second
    assert "Новина" in second
