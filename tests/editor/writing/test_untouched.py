"""What an editor opens and saves without a change keeps every byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.nodes import SourceNode
from pipeline.editor.writing.saving import saved
from tests.editor.writing.conftest import articles

HARD = {
    "comments": "Един.\n\n<!-- за редактора -->\n\nДва <!-- тук --> и три.\n",
    "addresses of links": "[Тук] и [там][2].\n\n[тук]: https://example.org/ 'Заглавие'\n[2]: <a b>\n",
    "notes among blocks": "Един[^a].\n\n[^a]: Бележка.\n    Продължава.\n\nДва[^b].\n\n[^b]: Друга.\n",
    "headings underlined": "Заглавие\n--------\nТекст веднага след него.\n",
    "lists of all kinds": "* а\n* б\n\n  в\n+ г\n\n1) д\n2) е\n\n   ```\n   код\n   ```\n",
    "quotations": "> а\nлениво\n> б\n>\n> > в\n",
    "tables": "|а|б|\n|:-|-:|\n|1|2\\|3|\n|`a\\|b`|**в**|\n",
    "indented code": "Текст.\n\n    код\n\n      още\n\nКрай.\n",
    "an open fence": "Текст.\n\n```\nкод без край\n",
    "raw HTML": "<div>\nтекст\n</div>\n\n<b>черен</b> текст\n",
    "pictures on a line": '![Кула](a.jpg){credit="Аз"} ![Мост](b.jpg "Мостът"){.wide credit="Аз"}\n',
    "entities and escapes": "&nbsp;начало &copy; \\* \\_ &#1046; край&nbsp;\n",
    "spaces at the ends": "   Отстъп.  \nнов ред\\\nоще  \n\n\n\n   \nКрай.",
    "marks in marks": "***две*** *а **б** в* __г__ _д_ ~~е~~\n",
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("name", HARD)
def test_hard_text_is_kept_to_the_byte(name: str, newline: str) -> None:
    text = f"---\ntitle: Кула\n---\n\n{HARD[name]}".replace("\n", newline)
    article = ArticleText(text, "tower.md")
    assert saved(article, article.document).text == text


@pytest.mark.parametrize("mark", ["\ufeff", ""], ids=["mark of byte order", "none"])
def test_a_decomposed_letter_and_a_missing_line_end_are_kept(mark: str) -> None:
    text = f"{mark}---\ntitle: Кула\n---\nТои\u0306 и т.н. \u00ad край"
    article = ArticleText(text, "tower.md")
    assert saved(article, article.document).text == text


def test_every_article_of_the_repository_is_kept_to_the_byte() -> None:
    known = articles()
    assert len(known) > 100
    for path, text in known.items():
        article = ArticleText(text, path)
        assert saved(article, article.document).text == text, path


def test_what_can_be_shown_is_shown_and_the_rest_is_source() -> None:
    text = f"---\ntitle: Кула\n---\n\n{HARD['raw HTML']}\nОбикновен абзац.\n"
    kinds = [type(node) for node in ArticleText(text, "tower.md").document.content]
    assert [kind is SourceNode for kind in kinds] == [True, True, False]


@given(st.text("аб \n\t*_`[]()<>#+-=|~\\&!.:1^{}\"'\r", max_size=60))
def test_any_text_at_all_is_kept_to_the_byte(body: str) -> None:
    text = f"---\ntitle: Кула\n---\n{body}"
    article = ArticleText(text, "tower.md")
    assert saved(article, article.document).text == text
