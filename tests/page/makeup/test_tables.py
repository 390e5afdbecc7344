"""A table across the columns of a text has its heading right above it, and the width that check knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.drawn.pdfium_pages import opened_pages
from tests.support.whole_issues.workspaces import PUBLICATION, built, checked, errors_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

MADE_UP: Final = PUBLICATION.replace("knowledge-city", "bulletin")
TEXT: Final = "Вторият кръг се игра в неделя пред пълна зала, а съдиите записваха всеки ход. " * 3 + "\n\n"
TABLE: Final = "| Място | Участник |\n|--:|:--|\n" + "| 1 | Играч |\n" * 6 + "\n"


def test_the_heading_of_a_table_stands_over_its_whole_width(tmp_path: Path) -> None:
    article = f"---\ntitle: Турнирът\n---\n{TEXT * 5}## Класирането\n\n{TABLE}{TEXT * 4}"
    issue = workspace(tmp_path / "w", {"a.md": article}, publication=MADE_UP)
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


def table_of(columns: int, word: str, indent: str = "") -> str:
    row = f"| {' | '.join([word] * columns)} |"
    return f"\n{indent}".join((row, "|" + "---|" * columns, row, row, row))


def both(columns: int, word: str) -> str:
    """Return a text with a table, and with the same one in a list."""
    listed = f"- Едно:\n\n  {table_of(columns, word, '  ')}\n"
    return f"---\ntitle: Турнирът\nweight: standard\n---\n{TEXT}{table_of(columns, word)}\n\n{TEXT}{listed}"


def test_check_tells_of_the_tables_whose_words_are_broken_and_of_no_others(tmp_path: Path) -> None:
    said = []
    for columns, word in ((8, "председател"), (8, "председатели"), (7, "председателите")):
        root = tmp_path / word
        issue = workspace(root, {"a.md": both(columns, word)}, publication=MADE_UP)
        said.append([str(each.place).split(":")[1] for each in checked(issue) if each.code == "W174"])
    assert said == [[], ["17"], ["7", "17"]]


def test_a_table_that_just_fits_breaks_no_word(tmp_path: Path) -> None:
    issue = workspace(tmp_path / "w", {"a.md": both(8, "председатели")}, publication=MADE_UP)
    result = built(issue, tmp_path / "out", "screen")
    assert errors_in(result.findings) == []
    (pdf,) = (path for name, path in result.files.items() if name.endswith(".pdf"))
    with opened_pages(pdf.read_bytes()) as pages:
        texts = [each.text.strip() for page in pages for each in page.fragments]
    assert texts.count("председатели") >= 4 * 8


def test_a_long_table_that_is_quoted_begins_on_the_page_of_the_text_above_it(tmp_path: Path) -> None:
    rows = "".join(f"> | {number} | Играч |\n" for number in range(1, 37))
    quoted = f"> | Място | Участник |\n> |--:|:--|\n{rows}"
    article = f"---\ntitle: Турнирът\nweight: standard\n---\n{TEXT * 5}{quoted}"
    issue = workspace(tmp_path / "w", {"a.md": article}, publication=MADE_UP)
    result = built(issue, tmp_path / "out", "screen")
    assert errors_in(result.findings) == []
    (pdf,) = (path for name, path in result.files.items() if name.endswith(".pdf"))
    with opened_pages(pdf.read_bytes()) as pages:
        texts = [each for page in pages for each in page.fragments]
    title = next(each for each in texts if each.text.strip() == "Турнирът" and each.page > 1)
    head = next(each for each in texts if each.text.strip() == "Място")
    assert head.page == title.page
