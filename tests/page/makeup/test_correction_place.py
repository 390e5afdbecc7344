"""What a corrected edition mends stands with the contents, where these have a page with room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, photograph, workspace

if TYPE_CHECKING:
    from pathlib import Path

TEXT: Final = "Вторият кръг се игра в неделя пред пълна зала, а съдиите записваха всеки ход. " * 3 + "\n\n"
LEAD: Final = '![Дъска](images/p.jpg "Дъската"){.bleed credit="Петър" consent=not-needed}\n\n'
PLAN: Final = """\
cover: {picture: images/p.jpg, article: a.md, alternative: Дъска, credit: Петър, consent: not-needed}
correction: {of: 1, text: Сеансът е на 29 юни.}
sections:
  - {title: Турнирът, articles: [a.md]}
  - {title: Школата, articles: [b.md]}
"""


def test_a_correction_before_an_article_that_begins_a_page_stands_with_the_contents(tmp_path: Path) -> None:
    articles = {
        "a.md": f"---\ntitle: Деветдесет деца\nweight: lead\n---\n{LEAD}{TEXT * 6}",
        "b.md": f"---\ntitle: Друга новина\n---\n{TEXT * 3}",
    }
    publication = PUBLICATION.replace("knowledge-city", "bulletin")
    files = {"images/p.jpg": photograph(3000, 2200)}
    issue = workspace(tmp_path / "w", articles, files, issue=PLAN, publication=publication)
    result = built(issue, tmp_path / "out", "screen")
    assert errors_in(result.findings) == []
    (pdf,) = (path for name, path in result.files.items() if name.endswith(".pdf"))
    with opened_pages(pdf.read_bytes()) as pages:
        shown = {each.text.strip(): each.page for page in pages for each in page.fragments}
    assert shown["Поправка"] == shown["В този брой"] == 2
    assert shown["Деветдесет деца"] == 3
