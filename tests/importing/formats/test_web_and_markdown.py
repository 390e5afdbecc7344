"""Pages and Markdown as people keep them: pictures beside them, front matter, rows of pictures."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.importing.formats.markdown_text import read_markdown
from pipeline.importing.html.page import read_page
from pipeline.importing.model.inventory import ItemType
from pipeline.importing.model.languages import language_of
from tests.importing.arrivals.making import picture
from tests.importing.helpers import article, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

BEGINNING = (
    "<!DOCTYPE html><html lang=bg><body><h1>Пролетен базар</h1><p>Базарът беше в двора на училището.</p>"
)


FRONT_MATTER = {
    "Jekyll": """\
---
layout: post
title: "Изложба: цветя"
date: 2024-03-01 10:00:00 +0200
author: Милена Колева
lang: bg
tags: [изложби, цветя]
---
""",
    "Hugo": """\
+++
title = 'Изложба: цветя'
date = 2024-03-01T10:00:00+02:00
authors = ['Милена Колева']
layout = 'post'
tags = ['изложби', 'цветя']
+++
""",
    "Pelican": """\
Title: Изложба: цветя
Date: 2024-03-01 10:20
Author: Милена Колева
Tags: изложби, цветя
Layout: post

""",
    "Obsidian": """\
---
title: 'Изложба: цветя'
aliases:
author: Милена Колева
date: 2024-03-01
layout: post
tags:
  - изложби
  - цветя
---
""",
    "a colon that is not quoted": """\
---
title: Изложба: цветя
author: Милена Колева
date: 2024-03-01
layout: post
tags: изложби, цветя
---
""",
}


def beside(tmp_path: Path, page: str, *pictures: str, name: str = "a.html") -> Path:
    path = written(tmp_path, name, page)
    for at, each in enumerate(pictures):
        file = path.parent / each
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture(f"#0F4C{at + 10}"))
    return path


class TestPicturesBesideATextAreFound:
    @pytest.mark.parametrize(
        ("source", "file"),
        [
            ("images/photo one.jpg", "images/photo one.jpg"),
            ("images/photo%20two.jpg", "images/photo two.jpg"),
            ("./images/four.jpg", "images/four.jpg"),
            ("images/снимка три.jpg", "images/снимка три.jpg"),
            ("images/%D0%B7%D0%B0%D0%BB%D0%B0.jpg", "images/зала.jpg"),
            ("images\\five.jpg", "images/five.jpg"),
            ("IMAGES/Six.JPG", "images/six.jpg"),
            ("images/seven.jpg?w=600#top", "images/seven.jpg"),
            ("images/100%.jpg", "images/100%.jpg"),
            ("images/стаи\u0306.jpg", "images/стай.jpg"),
        ],
    )
    def test_however_the_page_writes_their_address(self, tmp_path: Path, source: str, file: str) -> None:
        page = beside(tmp_path, f"{BEGINNING}<p><img src='{source}' alt='дворът'></p>", file)
        imported = import_file(tmp_path, page)
        assert "![дворът](images/" in article(imported)
        assert codes(imported) == []

    @pytest.mark.parametrize(
        "words",
        [
            "![дворът](<img/the yard.jpg>)",
            "![дворът](img/the%20yard.jpg)",
            "![дворът][1]\n\n[1]: <img/the yard.jpg>",
        ],
    )
    def test_from_markdown(self, tmp_path: Path, words: str) -> None:
        path = beside(tmp_path, f"# Базар\n\nТекст.\n\n{words}\n", "img/the yard.jpg", name="a.md")
        assert "![дворът](images/the-yard.png)" in article(import_file(tmp_path, path))

    @pytest.mark.parametrize("source", ["../img/four.jpg", "/img/four.jpg", "..\\img\\four.jpg"])
    def test_above_a_page_within_the_folder_handed_over(self, tmp_path: Path, source: str) -> None:
        page = beside(
            tmp_path, f"{BEGINNING}<img src='{source}' alt='двор'>", "../img/four.jpg", name="a.html"
        )
        (tmp_path / "site").mkdir()
        shutil.move(page.parent, tmp_path / "site" / "pages")
        shutil.move(tmp_path / "img", tmp_path / "site" / "img")
        imported = import_file(tmp_path, tmp_path / "site")
        assert "![двор](images/four.png)" in article(imported)
        assert codes(imported) == []

    def test_but_not_outside_of_what_was_handed_over(self, tmp_path: Path) -> None:
        page = beside(tmp_path, f"{BEGINNING}<img src='../img/four.jpg' alt='двор'>", "../img/four.jpg")
        imported = import_file(tmp_path, page)
        assert "![" not in article(imported)
        assert codes(imported) == ["W500", "W540"]

    def test_outside_if_it_was_named_too(self, tmp_path: Path) -> None:
        page = beside(tmp_path, f"{BEGINNING}<img src='../img/four.jpg' alt='двор'>", "../img/four.jpg")
        imported = import_file(tmp_path, page, tmp_path / "img" / "four.jpg")
        assert article(imported).count("![двор](images/four.png)") == 1
        assert codes(imported) == []

    def test_not_through_a_link_that_leads_outside(self, tmp_path: Path) -> None:
        page = beside(tmp_path, f"{BEGINNING}<img src='four.jpg'>", "../img/four.jpg")
        (page.parent / "four.jpg").symlink_to(tmp_path / "img" / "four.jpg")
        assert "![" not in article(import_file(tmp_path, page))

    def test_one_that_is_not_there_is_named_as_missing(self, tmp_path: Path) -> None:
        imported = import_file(tmp_path, beside(tmp_path, f"{BEGINNING}<img src='images/gone.jpg'>"))
        assert codes(imported) == ["W542"]

    def test_by_its_name_alone_as_obsidian_embeds_it(self, tmp_path: Path) -> None:
        note = "---\ntitle: Базар\n---\nТекст.\n\n![[the yard.jpg|300]]\n"
        beside(tmp_path, note, "files/the yard.jpg", name="a.md")
        imported = import_file(tmp_path, tmp_path / "in")
        assert "![](images/the-yard.png)" in article(imported)


class TestTheSizeOfAPictureIsHeeded:
    @pytest.mark.parametrize(
        "size", ["width=24 height=24", "style='width:20px'", "height='16px'", "width=600 height=4", "width=1"]
    )
    def test_a_sign_in_a_line_is_no_figure(self, tmp_path: Path, size: str) -> None:
        page = beside(tmp_path, f"{BEGINNING}<p>Тук <img src='i.png' {size} alt='плик'></p>", "i.png")
        imported = import_file(tmp_path, page)
        assert "![" not in article(imported)
        assert codes(imported) == ["W541"]
        assert "плик" in findings_text(imported)

    @pytest.mark.parametrize("size", ["width=240", "width='100%'", "", "style='max-width:20px'"])
    def test_a_figure_is(self, tmp_path: Path, size: str) -> None:
        page = beside(tmp_path, f"{BEGINNING}<p><img src='i.png' {size} alt='двор'></p>", "i.png")
        assert "![двор]" in article(import_file(tmp_path, page))


class TestARowOfPictures:
    def test_is_offered_as_a_gallery_that_check_accepts(self, tmp_path: Path) -> None:
        shown = "".join(f"<img src='{n}.png' alt='двор {n}'>" for n in (1, 2, 3))
        imported = import_file(tmp_path, beside(tmp_path, f"{BEGINNING}{shown}", "1.png", "2.png", "3.png"))
        text = article(imported)
        assert "# kind: gallery" in text.split("---")[1]
        assert text.count("![двор") == 3

    def test_two_pictures_are_none(self, tmp_path: Path) -> None:
        shown = "<img src='1.png' alt='двор'><img src='2.png' alt='порта'>"
        imported = import_file(tmp_path, beside(tmp_path, f"{BEGINNING}{shown}", "1.png", "2.png"))
        assert "gallery" not in article(imported)


class TestFrontMatterIsHeededOrListed:
    BODY = "Откриваме изложбата в залата на читалището.\n"

    @pytest.mark.parametrize("generator", FRONT_MATTER)
    def test_as_site_generators_and_note_books_write_it(self, tmp_path: Path, generator: str) -> None:
        front = FRONT_MATTER[generator]
        read = read_markdown(front + self.BODY, "a.md")
        assert (read.author, str(read.date)) == ("Милена Колева", "2024-03-01")
        imported = import_file(tmp_path, written(tmp_path, "a.md", front + self.BODY))
        text = article(imported)
        assert 'title: "Изложба: цветя"' in text
        assert "# author: Милена Колева" in text
        assert text.endswith("---\n" + self.BODY)
        told = findings_text(imported)
        assert all(word in told for word in ("post", "изложби", "цветя", "2024-03-01"))

    def test_a_heading_that_repeats_the_title_is_not_doubled(self, tmp_path: Path) -> None:
        text = f"---\ntitle: Изложба\n---\n# Изложба\n\n{self.BODY}"
        imported = import_file(tmp_path, written(tmp_path, "a.md", text))
        assert article(imported) == f"---\nkind: article\ntitle: Изложба\n---\n{self.BODY}"
        assert codes(imported) == []

    def test_title_number_and_date_of_a_whole_bulletin(self, tmp_path: Path) -> None:
        text = """\
---
title: 'Пристанищен вестник #334: Годината накратко'
date: 2024-02-02
---
Увод за всички.

## Съдържание

* Януари
  * [Такси](#fee)
* Февруари

## Януари

{:#fee}
- **Такси:** думи.

## Февруари

- **Лодки:** думи за лодките.
"""
        imported = import_file(tmp_path, written(tmp_path, "a.md", text), date=None)
        issue = (imported.folder / "issue.yaml").read_text("utf-8")
        assert imported.folder.name == "2024-02-02"
        assert "number: 334" in issue
        assert "title: Годината накратко" in issue
        assert "title: Пристанищен вестник" in (imported.folder.parent / "publication.yaml").read_text(
            "utf-8"
        )
        assert imported.report.share == 1

    def test_words_between_two_rules_are_text(self, tmp_path: Path) -> None:
        text = "---\nКаним всички членове\n---\nна срещата.\n"
        imported = import_file(tmp_path, written(tmp_path, "a.md", text))
        assert imported.report.share == 1


def test_an_exclamation_mark_before_a_link_makes_no_picture_of_it(tmp_path: Path) -> None:
    page = "<h1>Випуск</h1><p>Випуск 2017!<a href='https://example.org/a?a=1&amp;b=2'>Вижте</a> и <b>още!<a href='https://example.org/b'>тук</a></b>.</p>"
    imported = import_file(tmp_path, written(tmp_path, "a.html", page))
    assert "2017\\![Вижте](https://example.org/a?a=1&b=2)" in article(imported)
    assert imported.report.counts[ItemType.LINK].placed == 2
    assert codes(imported) == []


@pytest.mark.parametrize(
    ("table", "blocks"),
    [
        ("<table><tr><td>едно</td><td>две</td></tr></table>", ["Paragraph", "Paragraph"]),
        (
            "<table><tr><td><img src='x'></td><td><p>едно</p><p>две</p></td></tr></table>",
            ["Paragraph", "Paragraph"],
        ),
        ("<table><tr><th>едно</th><th>две</th></tr></table>", ["Table"]),
        ("<table><tr><td>а</td><td>б</td></tr><tr><td>в</td><td>г</td></tr></table>", ["Table"]),
    ],
)
def test_a_layout_table_of_one_row_is_text(table: str, blocks: list[str]) -> None:
    assert [type(block).__name__ for block in read_page(table, "x").blocks] == blocks


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Част ІІІ и част ІV от сборника са готови за печат и ще се раздават на членовете.", "bg"),
        ("Каним Ви на семинар.", "bg"),
        ("Благодарим на г-жа Юлія Ковальчук за помощта на клъстера.", "bg"),
        ("Среща с Ђорђе Јовановић за бъдещето на проекта и за партньорите.", "bg"),
        ("Решение № 45 по гр. д. № 12, IV г.о. на ВКС: „Давността по чл. 110 тече от деня“.", "bg"),
        ("Присъстват: К. Иванов, О. Петров и Э. Шмид.", "bg"),
        ("Нашият клуб кани всички на откриването.", "bg"),
        ("Запрошуємо всіх на зустріч, яка відбудеться у Львові в п'ятницю.", "uk"),
        ("Зустріч на площі Ринок.", "uk"),
        ("Приглашаем всех на встречу, которая состоится в пятницу.", "ru"),
        ("Позивамо вас на састанак који ће бити одржан у петак у Београду.", "sr"),
        ("Ве покануваме на средба што ќе се одржи во петок во Скопје.", "mk"),
        ("We invite all of you to the meeting in the town hall on Friday.", "en"),
        ("Wir laden alle Mitglieder zu der Sitzung in das Rathaus ein, und das ist gut.", "de"),
    ],
)  # fmt: skip
def test_a_text_tells_its_language_by_its_words(text: str, language: str) -> None:
    assert language_of([text]) == language


def test_where_two_languages_are_equally_likely_the_expected_one_counts() -> None:
    assert language_of(["Встреча на площади"], "ru") == "ru"
    assert language_of(["Среща на площада"], "bg") == "bg"


@pytest.mark.parametrize("words", [40, 60])
def test_a_heading_too_long_for_a_title_goes_on_in_the_text(tmp_path: Path, words: int) -> None:
    heading = " ".join(f"дума{number}" for number in range(words))
    file = written(tmp_path, "a.md", f"# {heading}\n\nПървият абзац.\n")
    text = article(import_file(tmp_path, file))
    head, body = text.split("---\n", 2)[1:]
    title = next(line for line in head.splitlines() if line.startswith("title: ")).removeprefix("title: ")
    rest = heading.removeprefix(title.strip("'\"")).strip()
    assert len(title) <= 300
    assert bool(rest) == (len(heading) > 300)
    paragraphs = [each for each in body.split("\n\n") if each.strip()]
    assert " ".join(" ".join(paragraphs).split()) == f"{rest} Първият абзац.".strip()


def test_two_rows_of_heads_are_one(tmp_path: Path) -> None:
    """A head over two columns stands before the head of each; a head over two rows stays."""
    table = (
        "<table><tr><th rowspan=2>Отделение<th colspan=2>Легла<th rowspan=2>Тел."
        "<tr><th>общо<th>заети<tr><td>АГ<td>40<td>31<td>0888 123<tr><td>УНГ<td>12<td>–<td>0888 124</table>"
    )
    imported = import_file(tmp_path, written(tmp_path, "a.html", f"<h1>Графици</h1>{table}"))
    assert "| Отделение | Легла: общо | Легла: заети | Тел. |\n| --- | ---: | ---: | --- |\n" in article(
        imported
    )
    assert "| АГ | 40 | 31 | 0888 123 |\n| УНГ | 12 | – | 0888 124 |\n" in article(imported)
    assert codes(imported) == ["W508"]
    assert imported.report.share == 1


@pytest.mark.parametrize(
    ("column", "is_of_figures"),
    [
        (["12 340,00", "(11 980,00)", "+21,7", "–"], True),
        (["<b>795 500</b>", "$1,250.00", "50 лв.", "−3 %"], True),
        (["12.05.2024", "13.05.2024"], False),
        (["0888 123 456", "02 975"], False),
        (["55/месец", "12"], False),
    ],
)
def test_columns_of_figures_are_set_at_the_end(
    tmp_path: Path,
    column: list[str],
    is_of_figures: bool,  # noqa: FBT001
) -> None:
    rows = "".join(f"<tr><td>Ред</td><td>{each}</td></tr>" for each in column)
    page = f"<h1>Сметка</h1><table><tr><th>Име<th>Сума</tr>{rows}</table>"
    imported = import_file(tmp_path, written(tmp_path, "a.html", page))
    assert ("| --- | ---: |" in article(imported)) is is_of_figures


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Субботник на брега\n\nЕлате в събота.\n", "Субботник на брега"),
        ("Елате на субботник!\n\nЩе садим върби.\n", '"Елате на субботник!"'),
        ("Уважаеми колеги\n\nЕлате в събота.\n", "внос"),
        ("Елате в събота.\n\nЩе садим върби.\n", "внос"),
        ("Елате в събота\nна брега\n\nЩе садим върби.\n", "внос"),
        ("- първо\n- второ\n\nЩе садим върби.\n", "внос"),
        ("Елате в събота\n", "внос"),
    ],
)
def test_a_first_line_that_stands_alone_is_the_title_of_a_plain_text(
    tmp_path: Path, text: str, title: str
) -> None:
    imported = import_file(tmp_path, written(tmp_path, "внос.txt", text))
    assert f"\ntitle: {title}\n" in article(imported)


@pytest.mark.parametrize("rule", ["* * *", "***", "-----", "—  —  —", " ~~~ ", "______"])
def test_a_rule_drawn_of_signs_is_one_in_plain_text(tmp_path: Path, rule: str) -> None:
    text = article(
        import_file(tmp_path, written(tmp_path, "a.txt", f"Заглавие\n\nЕдно.\n\n{rule}\n\nДве.\n"))
    )
    assert text.endswith("---\nЕдно.\n\n***\n\nДве.\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# Заглавие\n\nТекст[^1].\n\n[^1]: Бележка.\n"),
        ("a.html", "<h1>Заглавие</h1><p>Текст.</p><hr>"),
        ("a.html", "<h1>Заглавие</h1><hr><p>Текст.</p><hr><h1>Второ</h1><p>Думи.</p>"),
    ],
)
def test_a_rule_that_parts_nothing_from_a_text_is_not_drawn(tmp_path: Path, name: str, text: str) -> None:
    imported = import_file(tmp_path, written(tmp_path, name, text))
    assert "***" not in article(imported)


def test_front_matter_that_is_nested_without_end_is_text(tmp_path: Path) -> None:
    page = f"+++\nx = {'[' * 3000}\n+++\n\n# Заглавие\n\nЕдно.\n"
    assert "Едно." in article(import_file(tmp_path, written(tmp_path, "a.md", page)))
