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
        "Между тях.\n\n3. Танци\n\n<!-- -->\n\n- точка\n  - вътре\n\n***\n\n[^1]: Подлежи на промяна.\n"
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
