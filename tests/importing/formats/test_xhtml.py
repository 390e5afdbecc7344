"""XHTML means what its author wrote: an element that is closed within its tag holds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.findings.finding import IssueError
from pipeline.importing.html.tree import DEEPEST, parse_html
from tests.importing.helpers import article, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
DOCTYPE: Final = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">\n'
)
PAGE: Final = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="bg"><head>{head}</head><body><h1>Среща в парка</h1>'
    '<p>Първи&nbsp;абзац &amp; още.<a id="x"/> След котвата.<br/>Нов ред.</p><div/><p><b/>Втори с '
    "<i>курсив</i>.</p>{more}</body></html>"
)
TEXT: Final = "Първи абзац & още. След котвата.\\\nНов ред.\n\nВтори с *курсив*.\n"


def text_of(tmp_path: Path, page: str, name: str = "a.xhtml") -> str:
    imported = import_file(tmp_path, written(tmp_path, name, page.encode()))
    assert imported.report.share == 1
    return article(imported).partition("---\n")[2].partition("---\n")[2].replace("\xa0", " ")


@pytest.mark.parametrize("head", ["<title/>", '<script src="x.js"/>', "<style/>", "<title>Среща</title>"])
@pytest.mark.parametrize("before", [HEAD + DOCTYPE, HEAD, DOCTYPE, ""])
def test_an_empty_element_swallows_nothing(tmp_path: Path, head: str, before: str) -> None:
    assert text_of(tmp_path, before + PAGE.format(head=head, more="<textarea/><p>Трети.</p>")) == (
        f"{TEXT}\nТрети.\n"
    )


def test_a_page_of_another_name_that_says_it_is_xml_is_read_so(tmp_path: Path) -> None:
    assert text_of(tmp_path, HEAD + PAGE.format(head="<title/>", more=""), "a.html") == TEXT


@pytest.mark.parametrize("entity", ["&LT;", "&lt;"])
def test_a_sign_that_markup_is_made_of_stays_a_sign_whatever_its_entity(tmp_path: Path, entity: str) -> None:
    more = f"<p>3 {entity} 4 &AMP; 5 &unknown; 6</p><p title='&QUOT;'>Край.</p>"
    shown = text_of(tmp_path, HEAD + PAGE.format(head="<title/>", more=more))
    assert shown == f"{TEXT}\n3 \\< 4 & 5 \\&unknown; 6\n\nКрай.\n"


def test_what_is_not_well_formed_is_read_as_html(tmp_path: Path) -> None:
    page = PAGE.replace("<b/>", "").format(head="<title>А</title>", more="<p>Трети <b>без край.")
    assert text_of(tmp_path, page) == f"{TEXT}\nТрети **без край.**\n"


@pytest.mark.parametrize(
    "page",
    [
        HEAD + "<html>" + "<div>" * (DEEPEST + 1) + "</div>" * (DEEPEST + 1) + "</html>",
        HEAD + "<html><p " + " ".join(f'a{number}=""' for number in range(501)) + "/></html>",
    ],
)
def test_a_page_beyond_the_bounds_is_refused(page: str) -> None:
    with pytest.raises(IssueError) as caught:
        parse_html(page, "a.xhtml")
    assert [finding.code for finding in caught.value.findings] == ["E500"]


def test_entities_are_not_expanded_over_and_over() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    tree = parse_html(f"{HEAD}{bomb}<html><body><p>&b; дума</p></body></html>", "a.xhtml")
    assert "дума" in "".join(tree.itertext())
    assert "aaaa" not in "".join(tree.find("body").itertext()).replace(bomb, "")  # type: ignore[union-attr]
