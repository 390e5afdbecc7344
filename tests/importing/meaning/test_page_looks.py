"""What a page says by its style sheets, and what Google Docs writes, means what it meant."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pytest
from PIL import Image

from pipeline.importing.html.looks.addresses import unwrapped
from pipeline.importing.html.page import read_page
from tests.importing.helpers import article, codes, findings_text, import_file, written

if TYPE_CHECKING:
    from pathlib import Path

SHEET: Final = """\
.struck{text-decoration:line-through} .gone{display:none} p.small{font-size:0}
.strong{font-weight:700} #shown{display:block!important} @media print{.paper{display:none}}
.back{text-decoration:none}
"""


def page(body: str, sheet: str = SHEET) -> str:
    return f"<!DOCTYPE html><html><head><style>{sheet}</style></head><body>{body}</body></html>"


def test_words_that_a_sheet_strikes_out_or_hides_are_listed(tmp_path: Path) -> None:
    body = (
        '<p>Вход <span class="struck">десет</span> пет лева.</p><p class="gone">Вътрешна бележка.</p>'
        '<p class="small">Невидимо.</p><p class="paper">За екрана.</p>'
        '<p class="gone" id="shown">Показано.</p><p style="display:none" id="shown">И това.</p>'
        '<p><span class="struck" style="text-decoration:none">Важи.</span></p>'
    )
    imported = import_file(tmp_path, written(tmp_path, "a.html", page(body)))
    text, listed = article(imported), findings_text(imported)
    for word in ("десет", "Вътрешна", "Невидимо"):
        assert word not in text
        assert word in listed
    for word in ("пет лева", "За екрана", "Показано", "И това", "Важи"):
        assert word in text


def test_bold_by_a_class_is_bold(tmp_path: Path) -> None:
    body = '<h2><span class="strong">Глава</span></h2><p>Ден <span class="strong">пети</span>.</p>'
    assert "**пети**" in article(import_file(tmp_path, written(tmp_path, "a.html", page(body))))


@pytest.mark.parametrize("sheet", ["p{", "@import url(x);", "p::{}", "<!-- .gone{display:none} -->", "}{;"])
def test_a_sheet_that_is_broken_costs_no_word(sheet: str) -> None:
    text = read_page(page("<p>Дума.</p>", sheet), "a.html")
    assert [item.text for item in text.inventory] == ["Дума."]


DOCS: Final = page(
    '<p class="title" id="h.a1"><span>Отчет</span></p>'
    '<p>Дойдоха 95<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> души, виж '
    '<a href="https://www.google.com/url?q=https://a.example/x%3Fb%3D1&amp;sa=D">програмата</a>'
    '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p>'
    '<ol class="c1 lst-kix_k-0 start" start="1"><li>Плуване</li></ol>'
    '<ol class="c1 lst-kix_k-1 start" start="1"><li>начинаещи</li><li>напреднали</li></ol>'
    '<ol class="c1 lst-kix_k-2 start" start="1"><li>вечер</li></ol>'
    '<ol class="c1 lst-kix_k-0" start="2"><li>Рисуване</li></ol>'
    '<p>Между тях.</p><ol class="c1 lst-kix_k-0" start="3"><li>Танци</li></ol>'
    '<ul class="lst-kix_u-0 start"><li>точка</li></ul><ul class="lst-kix_u-1 start"><li>вътре</li></ul>'
    '<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> Подлежи на промяна.</span></p></div>'
    '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Да се провери</span></p></div>',
    '.lst-kix_k-0>li:before{content:"" counter(lst-ctn-kix_k-0,decimal) ". "}'
    '.lst-kix_k-1>li:before{content:"" counter(lst-ctn-kix_k-1,lower-latin) ") "}'
    '.lst-kix_k-2>li:before{content:"" counter(lst-ctn-kix_k-0,decimal) "." '
    'counter(lst-ctn-kix_k-1,decimal) "." counter(lst-ctn-kix_k-2,decimal) ". "}',
)


def test_a_page_of_google_docs_keeps_levels_numbers_notes_and_links(tmp_path: Path) -> None:
    imported = import_file(tmp_path, written(tmp_path, "отчет.html", DOCS))
    assert article(imported) == (
        "---\nkind: article\ntitle: Отчет\n---\n"
        "Дойдоха 95 души, виж [програмата](https://a.example/x?b=1)[^1].\n\n"
        "1. Плуване\n\n   a) начинаещи\n\n   b) напреднали\n\n   1.2.1. вечер\n\n2. Рисуване\n\n"
        "Между тях.\n\n3. Танци\n\n<!-- -->\n\n- точка\n  - вътре\n\n[^1]: Подлежи на промяна.\n"
    )
    assert codes(imported).count("W502") == 1
    assert "Да се провери" in findings_text(imported)


def test_a_picture_of_which_a_box_shows_a_part_is_told(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.new("RGB", (900, 600), "green").save(data, "JPEG")
    written(tmp_path, "images/image1.jpg", data.getvalue())
    image = '<img src="images/image1.jpg" style="width:600.00px;height:400.00px;margin-left:-150px">'
    box = f'<p><span style="overflow: hidden; width: 300.00px; height: 400.00px">{image}</span></p>'
    whole = box.replace("300.00px", "600.00px")
    assert "W526" in codes(import_file(tmp_path, written(tmp_path, "a.html", page(f"<p>Дума</p>{box}"))))
    assert "W526" not in codes(
        import_file(tmp_path, written(tmp_path, "b.html", page(f"<p>Дума</p>{whole}")))
    )


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("https://www.google.com/url?q=https://a.example/&sa=D", "https://a.example/"),
        (
            "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx&data=05",
            "https://a.example/x",
        ),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F&h=AT0", "https://a.example/"),
        ("https://www.google.com/search?q=https://a.example/", None),
        ("https://www.google.com/url?q=javascript:alert(1)", None),
        ("https://www.google.com.evil.example/url?q=https://a.example/", None),
        ("http://[::1", None),
    ],
)
def test_an_address_is_the_one_that_is_meant(address: str, meant: str | None) -> None:
    assert unwrapped(address) == (meant or address)


def shown(tmp_path: Path, body: str) -> str:
    for name, colour in (("a.jpg", "green"), ("b.jpg", "red")):
        data = io.BytesIO()
        Image.new("RGB", (900, 600), colour).save(data, "JPEG")
        written(tmp_path, name, data.getvalue())
    imported = import_file(tmp_path, written(tmp_path, "p.html", f"<h1>Проба</h1><p>Дума.</p>{body}"))
    return article(imported).partition("Дума.")[2].strip()


def test_pictures_in_a_table_have_the_words_below_them_as_captions(tmp_path: Path) -> None:
    row = '<tr><td><img src="a.jpg" alt="А"></td><td><img src="b.jpg" alt="Б"></td></tr>'
    body = f"<table>{row}<tr><td>Оркестърът</td><td>Хорът в <b>Русе</b></td></tr></table>"
    assert shown(tmp_path, body) == (
        '![А](images/a.jpg "Оркестърът"){credit=""}\n\n![Б](images/b.jpg "Хорът в Русе"){credit=""}'
    )


@pytest.mark.parametrize(
    "body",
    [
        '<table><tr><td>Име</td><td><img src="a.jpg" alt="А"></td></tr><tr><td>1</td><td>2</td></tr></table>',
        "<table><tr><td>Име</td><td>Брой</td></tr><tr><td>1</td><td>2</td></tr></table>",
    ],
)
def test_another_table_stays_one(tmp_path: Path, body: str) -> None:
    assert shown(tmp_path, body).startswith("| Име |")


@pytest.mark.parametrize(
    ("body", "set_as"),
    [
        ("<p hidden>Скрито</p><p>Видимо</p>", "Видимо"),
        ('<p hidden style="display:block">Видимо</p>', "Видимо"),
        ('<p style="position:absolute;left:-9999px">Вън</p><p>Видимо</p>', "Видимо"),
        ('<p style="opacity:0">Не</p><p style="opacity:0.8">Видимо</p>', "Видимо"),
        (
            '<div style="max-height:0;overflow:hidden">Не</div><p style="max-height:0.5em">Видимо</p>',
            "Видимо",
        ),
        ('<p style="text-indent:-18px">Видимо</p>', "Видимо"),
        ("<ol reversed start=5><li>пет<li>четири</ol>", "5\\. пет\n\n4\\. четири"),
        ("<ol reversed><li>две<li>едно</ol>", "2\\. две\n\n1\\. едно"),
    ],
)
def test_attributes_mean_what_browsers_show(tmp_path: Path, body: str, set_as: str) -> None:
    assert shown(tmp_path, body) == set_as


def test_titles_and_captions_of_word_are_those(tmp_path: Path) -> None:
    body = (
        "<p class=MsoTitle>Клубен вестник</p><p class=MsoNormal>Дума.</p>"
        '<p class=MsoNormal><img src="a.jpg" alt="А"></p><p class=MsoCaption>Дъската</p>'
    )
    data = io.BytesIO()
    Image.new("RGB", (900, 600), "green").save(data, "JPEG")
    written(tmp_path, "a.jpg", data.getvalue())
    text = article(import_file(tmp_path, written(tmp_path, "p.htm", body)))
    assert "title: Клубен вестник" in text
    assert '![А](images/a.jpg "Дъската")' in text


@pytest.mark.parametrize(
    ("body", "set_as"),
    [
        ("на 1<sup>-ви</sup> май", "на 1-ви май"),
        ("на 21<sup>‑ва</sup> страница", "на 21‑ва страница"),
        ("e<sup>-2π</sup>", "e^-2π"),
        ("10<sup>-3</sup>", "10⁻³"),
    ],
)
def test_the_raised_end_of_an_ordinal_is_no_power(tmp_path: Path, body: str, set_as: str) -> None:
    assert article(import_file(tmp_path, written(tmp_path, "a.html", f"<h1>А</h1><p>{body}</p>"))).endswith(
        f"{set_as}\n"
    )


def test_what_word_pads_a_number_with_is_one_space(tmp_path: Path) -> None:
    padding = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
    page = f"<h1>Доклад</h1><p>Дума.</p><h2>1.{padding}Въведение</h2><p>Още.</p>"
    assert "## 1\\. Въведение\n" in article(import_file(tmp_path, written(tmp_path, "a.html", page)))


def test_no_break_spaces_at_either_end_of_a_paragraph_are_none(tmp_path: Path) -> None:
    page = "<h1>Доклад</h1><p>&nbsp;&nbsp; Първи абзац.&nbsp;</p><p><b>&nbsp;</b>Втори.</p>"
    assert article(import_file(tmp_path, written(tmp_path, "a.html", page))).endswith(
        "---\nПърви абзац.\n\nВтори.\n"
    )


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("tel:+35929876543", "02 987 65 43"),
        ("tel:+359-2-987-65-43", "+359 2 987 65 43"),
        ("callto:029876543", "тел. 02/987-65-43"),
    ],
)
def test_a_number_that_a_program_made_a_link_is_text_and_nothing_is_told(
    tmp_path: Path, target: str, words: str
) -> None:
    page = f"<h1>Връзка</h1><p>Обадете се: <a href='{target}'>{words}</a>.</p>"
    imported = import_file(tmp_path, written(tmp_path, "a.html", page))
    assert f"Обадете се: {words}." in article(imported)
    assert codes(imported) == []


def test_a_number_that_only_a_link_says_is_told(tmp_path: Path) -> None:
    page = "<h1>Връзка</h1><p><a href='tel:+35929876543'>Обадете се</a>.</p>"
    assert codes(import_file(tmp_path, written(tmp_path, "a.html", page))) == ["W507"]


def test_a_link_that_leads_nowhere_is_told_once_however_short_it_is(tmp_path: Path) -> None:
    page = "<h1>Връзка</h1><p>Към <a href='/'>началото</a> и <a href='/n'>новините</a>.</p>"
    assert codes(import_file(tmp_path, written(tmp_path, "a.html", page))) == ["W507", "W507"]
