"""The search of the site finds every word of an article, wherever it stands."""

from __future__ import annotations

from pipeline.archive.site.search_index import words_of_article
from pipeline.files.text.source import Source
from pipeline.findings.place import Place
from pipeline.models.issue import Article
from pipeline.models.kinds.article import PlainHead
from pipeline.reading.markdown.manuscript import read_manuscript

TEXT = """\
Първият абзац с *курсив* и [връзка](https://example.org).[^1]

## Подзаглавие

- точка
- друга точка

  1. вложена
  2. последна

> Цитат.
>
> - в цитата

| Година | Сума |
|:--|--:|
| 2023 | 400 |

![Кула](images/tower.png "Надпис под снимката"){credit="Иван Иванов"}

```
редове код
```

[^1]: Бележката отдолу.
"""


def article(text: str) -> Article:
    manuscript = read_manuscript(Source("a.md", f"---\ntitle: А\n---\n{text}"))
    assert manuscript.findings == ()
    head = PlainHead(kind="article", title="Заглавие", standfirst="Въведение.")
    return Article("a.md", head, manuscript.body, manuscript.notes, Place("a.md"))


def test_every_word_is_searched_and_in_the_order_of_the_page() -> None:
    assert words_of_article(article(TEXT)) == (
        "Въведение. Първият абзац с курсив и връзка. Подзаглавие точка друга точка вложена последна "
        "Цитат. в цитата Година Сума 2023 400 Надпис под снимката редове код Бележката отдолу."
    )


def test_an_article_without_a_text_has_only_its_head() -> None:
    assert words_of_article(article("")) == "Въведение."
