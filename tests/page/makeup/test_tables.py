"""A table across the columns of a text has its heading right above it, not in one of the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.drawn.drawn_text import opened_pages
from tests.support.whole_issues.workspaces import PUBLICATION, built, errors_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

TEXT: Final = "Вторият кръг се игра в неделя пред пълна зала, а съдиите записваха всеки ход. " * 3 + "\n\n"
TABLE: Final = "| Място | Участник |\n|--:|:--|\n" + "| 1 | Играч |\n" * 6 + "\n"


def test_the_heading_of_a_table_stands_over_its_whole_width(tmp_path: Path) -> None:
    article = f"---\ntitle: Турнирът\n---\n{TEXT * 5}## Класирането\n\n{TABLE}{TEXT * 4}"
    publication = PUBLICATION.replace("knowledge-city", "bulletin")
    issue = workspace(tmp_path / "w", {"a.md": article}, publication=publication)
    result = built(issue, tmp_path / "out", "screen")
    assert errors_in(result.findings) == []
    (pdf,) = (path for name, path in result.files.items() if name.endswith(".pdf"))
    with opened_pages(pdf.read_bytes()) as pages:
        texts = [each for page in pages for each in page.fragments]
    heading = next(each for each in texts if each.text.strip() == "Класирането")
    head = next(each for each in texts if each.text.strip() == "Място")
    assert heading.page == head.page
    assert 0 < heading.baseline - head.baseline < 30
    above = [each for each in texts if each.page == head.page and each.baseline > heading.baseline]
    # The columns above it end above the heading, the right one too.
    assert max(each.box.left for each in above if each.text.startswith(("Вторият", "зала"))) > 200
    beside = [each for each in texts if each.page == head.page and each.is_on_line_of(heading)]
    assert beside == [heading]
