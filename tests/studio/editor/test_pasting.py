"""What programs put on the clipboard arrives as text of the article; its pictures are asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.nodes import DOCUMENT
from pipeline.editor.writing.saving import saved
from tests.studio.editor.conftest import picture
from tests.studio.editor.test_typing import paragraph

if TYPE_CHECKING:
    from tests.studio.editor.conftest import Writing

CLIPBOARDS: Final = Path(__file__).with_name("clipboards")


def pasted(writing: Writing, name: str) -> list[Any]:
    """Paste a fixture, and return the blocks; they are written into a file and read as the same."""
    writing.paste((CLIPBOARDS / f"{name}.html").read_text("utf-8"))
    document = DOCUMENT.validate_json(json.dumps(writing.document()))
    article = ArticleText("---\ntitle: Кула\n---\n\n", "tower.md")
    assert not saved(article, document).simplified
    # Below a picture there is an empty paragraph to go on in, which says nothing.
    return [block for block in writing.blocks() if block]


def test_lists_of_word_keep_their_levels_and_numbers(writing: Writing) -> None:
    assert pasted(writing, "word-lists") == [
        "Програма на срещата:",
        {
            "ol 3": [
                ["Откриване от **кмета**", {"ol": [["кратко слово", {"ol": [["снимка"]]}], ["въпроси"]]}],
                ["Закриване"],
            ]
        },
        {"ul": [["кафе", {"ul": [["с мляко"]]}], ["чай"]]},
    ]


def test_notes_of_word_are_notes(writing: Writing) -> None:
    assert pasted(writing, "word-notes") == [
        "Клъстерът има сто членове<1> и три офиса<2>.",
        "Вторият абзац.",
    ]
    assert writing.notes() == {"1": "Към //юни// 2023\u00a0г.", "2": "София, Пловдив и Варна."}


def test_tables_of_word_are_rectangular_and_their_cells_are_lines(writing: Writing) -> None:
    assert pasted(writing, "word-tables") == [
        {"h2": "Бюджет"},
        {"h3": "По партньори"},
        {
            "table": [
                ["**Партньор**", "Сума", ""],
                ["Клъстер София", "10", "20"],
                ["", "30", "вътре 40"],
            ]
        },
        "Край.",
    ]
    table = writing.document()["content"][2]
    head, *_ = table["content"]
    assert [cell["type"] for cell in head["content"]] == ["table_header"] * 3
    assert [cell["attrs"]["alignment"] for cell in head["content"]] == ["start", "end", "start"]


def test_tracked_changes_are_taken_remarks_and_hidden_text_are_not(writing: Writing) -> None:
    assert pasted(writing, "word-changes") == [
        {"h2": "Новини"},
        "Срещата е на шестнадесети ноември в София, **в\u00a010\u00a0ч.** Елате.",
    ]
    asked = writing.page.locator(".be-figure")
    assert asked.count() == 1
    assert asked.locator("textarea").first.input_value() == "Хора пред кулата"
    assert "Снимки за избиране: 1" in writing.told()


def test_what_is_pasted_next_stands_behind_a_picture_and_takes_not_its_place(writing: Writing) -> None:
    for name in ("word-changes", "word-notes"):
        writing.paste((CLIPBOARDS / f"{name}.html").read_text("utf-8"))
    assert writing.page.locator(".be-figure").count() == 1
    assert writing.blocks()[-1] == "Вторият абзац."


def test_a_text_of_libreoffice_keeps_its_notes_and_its_picture(writing: Writing) -> None:
    blocks = pasted(writing, "libreoffice")
    assert blocks[:3] == [
        {"h2": "Открит ден"},
        "Заповядайте //всички//<1>.",
        {"ol 2": [["от десет часа", {"ul": [["първа група"]]}], ["от дванадесет часа"]]},
    ]
    assert writing.notes() == {"1": "Входът е свободен."}
    writing.page.wait_for_function("() => editor.document().content.some(({ type }) => type === 'figure')")
    assert writing.blocks()[3] == {"figure": "images/picture.png"}


def test_a_text_of_google_docs_is_not_all_bold(writing: Writing) -> None:
    assert pasted(writing, "google-docs") == [
        {"h2": "Пролетен панаир"},
        "Чакаме **всички**// гости// на [сайта](https://example.org/panair).<1>",
        {"ul": [["храна", {"ul": [["баница"]]}], ["музика"]]},
    ]
    assert writing.notes() == {"1": "И деца."}
    assert writing.page.locator(".be-figure textarea").first.input_value() == ""


def test_a_mail_is_its_words(writing: Writing) -> None:
    assert pasted(writing, "mail") == [
        "Здравейте,",
        "изпращам **текста** за броя.|Моля, вижте [тук](https://example.org/statia).",
        {"quote": ["Кога е срокът?"]},
        "Поздрави,|Мария",
        "щракнете",
    ]


def test_a_web_page_is_its_text_without_its_buttons(writing: Writing) -> None:
    blocks = pasted(writing, "web-page")
    assert blocks[1:] == [
        {"h2": "Градът"},
        "Градът е //стар//, вижте [историята](https://example.org/grad#istoria) и бележката.",
        {"h3": "Данни"},
        "**Население**",
        "сто хиляди",
        {"code_block": "редове\n  с отстъп"},
        "Командата ``ls -l``.",
        {"horizontal_rule": ""},
        "Край",
        "на страницата",
    ]
    caption = writing.page.locator(".be-figure textarea").nth(1)
    assert caption.input_value() == "Кулата през май"


def test_word_in_the_browser_gives_one_list(writing: Writing) -> None:
    assert pasted(writing, "word-web") == [
        "**Дневен ред**",
        {"ul": [["отчет", {"ul": [["приходи"]]}], ["избори"]]},
    ]


# plain text


def test_plain_text_keeps_its_paragraphs(writing: Writing) -> None:
    writing.paste(text="Първи ред\r\nвтори ред\r\n\r\nДруг абзац *със знак*\r\n")
    assert writing.blocks() == ["Първи ред|втори ред", "Друг абзац *със знак*"]


def test_lines_without_empty_ones_between_are_paragraphs(writing: Writing) -> None:
    writing.paste(text="едно\nдве\nтри")
    assert writing.blocks() == ["едно", "две", "три"]


def test_lines_broken_at_one_width_are_one_paragraph(writing: Writing) -> None:
    full = "Клъстерът покани всички свои членове на среща в голямата зала и"
    writing.paste(
        text=f"{full}\nпомоли всеки да донесе по една снимка за изложбата, която\nще се открие.\n\nКрай."
    )
    assert writing.blocks() == [
        f"{full} помоли всеки да донесе по една снимка за изложбата, която ще се открие.",
        "Край.",
    ]


def test_text_is_pasted_into_code_as_it_is(writing: Writing) -> None:
    writing.tool("codeBlock")
    writing.paste(html="<p><b>a</b></p>", text="a\n  b")
    assert writing.blocks() == [{"code_block": "a\n  b"}]


# pictures


def image(name: str = "kula.png") -> dict[str, Any]:
    return {"name": name, "type": "image/png", "bytes": list(picture())}


def test_a_picture_of_the_text_is_not_taken(writing: Writing) -> None:
    writing.paste(html="<p class=MsoNormal>Думи</p>", files=[image()])
    assert writing.blocks() == ["Думи"]
    assert writing.page.evaluate("asked") == []


def test_a_pasted_picture_is_taken_in_and_its_text_is_asked_for(writing: Writing) -> None:
    writing.type("преди")
    writing.paste(files=[image()])
    writing.page.wait_for_function("() => editor.document().content.some((each) => each.type === 'figure')")
    assert writing.blocks() == ["преди", {"figure": "images/kula.png"}]
    writing.page.wait_for_function("() => document.activeElement.tagName === 'TEXTAREA'")
    writing.type("Кулата")
    writing.press("Enter")
    assert writing.document()["content"][1]["attrs"]["alternative"] == "Кулата"


DROP: Final = """([name, type, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name, { type }));
    const first = document.querySelector('.ProseMirror p');
    const box = first.getBoundingClientRect();
    const at = { clientX: box.left + 5, clientY: box.top + 5, bubbles: true, cancelable: true };
    return first.dispatchEvent(new DragEvent('drop', { dataTransfer: data, ...at }));
}"""


def test_dropped_pictures_stand_where_they_are_dropped(writing: Writing) -> None:
    writing.start(paragraph("едно", name="0"), paragraph("две", name="1"))
    writing.page.evaluate(DROP, ["kula.png", "image/png", list(picture())])
    writing.page.wait_for_function("() => editor.document().content.length === 3")
    assert writing.blocks() == ["едно", {"figure": "images/kula.png"}, "две"]


FIGURE: Final = {
    "type": "figure",
    "attrs": {"id": "0", "source": "images/a.jpg", "alternative": "Кула", "credit": "архив"},
}
TABLE: Final = {"table": [["а", "б"], ["в", "г"]]}
STAYS: Final = {"figure": "images/a.jpg"}


@pytest.mark.parametrize(
    ("html", "text", "arrived"),
    [
        ("", "думи", ["думи"]),
        ("", "едно\n\nдве", ["едно", "две"]),
        ("<b>получер</b>", "", ["**получер**"]),
        ("<ul><li>точка</li></ul>", "", [{"ul": [["точка"]]}]),
        ("<table><tr><th>а</th><th>б</th></tr><tr><td>в</td><td>г</td></tr></table>", "", [TABLE]),
        ("<h2>Глава</h2><p>Текст</p>", "", [{"h2": "Глава"}, "Текст"]),
        ("<p> </p>", "", []),
    ],
)
def test_what_is_pasted_over_a_picture_stands_behind_it_and_the_picture_stays(
    writing: Writing, html: str, text: str, arrived: list[Any]
) -> None:
    writing.start(FIGURE, paragraph("край", name="1"))
    writing.press("Control+Home")
    writing.page.evaluate("() => document.activeElement.closest('.ProseMirror').focus()")
    assert writing.page.locator(".be-figure.ProseMirror-selectednode").count() == 1
    writing.paste(html, text)
    assert [block for block in writing.blocks() if block] == [STAYS, *arrived, "край"]
    assert writing.document()["content"][0]["attrs"]["alternative"] == "Кула"
    writing.press("Control+z")
    assert [block for block in writing.blocks() if block] == [STAYS, "край"]


def test_a_dropped_file_that_is_no_picture_does_not_take_the_place_of_the_page(writing: Writing) -> None:
    writing.start(paragraph("едно", name="0"))
    assert writing.page.evaluate(DROP, ["план.docx", "", [1, 2]]) is False
    assert writing.told() == "план.docx не е снимка."
    assert writing.blocks() == ["едно"]


def test_a_picture_that_is_not_taken_says_so_and_can_be_chosen_again(writing: Writing) -> None:
    writing.paste(files=[image("broken.png")])
    writing.page.wait_for_selector(".be-picture-status:has-text('Изберете я отново')")
    assert "Файлът не е снимка." in writing.told()
    assert [each["type"] for each in writing.document()["content"]] in ([], ["paragraph"])
    with writing.page.expect_file_chooser() as chooser:
        writing.page.locator(".be-asked button").click()
    chooser.value.set_files({"name": "kula.png", "mimeType": "image/png", "buffer": picture()})
    writing.page.wait_for_function("() => editor.document().content.some((each) => each.type === 'figure')")


# from one text to another


def test_a_call_is_copied_with_its_note(writing: Writing) -> None:
    note = {"type": "note", "attrs": {"label": "а"}, "content": [{"type": "text", "text": "Бележка."}]}
    call = {"type": "note_call", "attrs": {"label": "а"}}
    writing.start(paragraph("Думи", call, " още"), notes=[note])
    writing.press("Control+a", "Control+c")
    other = {"type": "note", "attrs": {"label": "а"}, "content": [{"type": "text", "text": "Друга."}]}
    writing.start(paragraph("Тук", call), notes=[other])
    writing.press("Control+End", "Control+v")
    assert writing.blocks() == ["Тук<а>Думи<1> още"]
    assert writing.notes() == {"а": "Друга.", "1": "Бележка."}


@pytest.mark.parametrize("kind", ["table_cell", "note"])
def test_paragraphs_pasted_into_a_line_are_one_line(writing: Writing, kind: str) -> None:
    if kind == "note":
        writing.tool("note")
    else:
        writing.tool("table")
    writing.paste("<p>едно</p><ul><li>две</li></ul>")
    if kind == "note":
        assert writing.notes() == {"1": "едно две"}
    else:
        assert writing.blocks()[0]["table"][0][0] == "едно две"
