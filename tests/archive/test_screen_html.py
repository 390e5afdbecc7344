"""An issue's page on the site has the content of its templates, without millimetres and `style` attributes.

The pages are read by the parser of Python's standard library, which shares no code with what wrote them.
"""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.site.screen_html import for_screen

TEXTS = st.text(alphabet="ab <>&\"'=;:%/\u00a0я", max_size=12)
ATTRIBUTES = st.dictionaries(st.sampled_from(("title", "class", "lang", "data-x")), TEXTS, max_size=2)


class Reader(HTMLParser):
    """Lists what it reads: tags with their attributes, texts, comments."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.read: list[object] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.read.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.read.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.read.append(("comment", data))


def elements(depth: int = 3) -> st.SearchStrategy[ET.Element]:
    """Elements that may be nested in any order."""
    children: st.SearchStrategy[list[ET.Element]] = (
        st.lists(elements(depth - 1), max_size=3) if depth else st.just([])
    )
    return st.builds(element, st.sampled_from(("div", "em", "span", "br")), ATTRIBUTES, TEXTS, children)


def element(tag: str, attributes: dict[str, str], text: str, children: list[ET.Element]) -> ET.Element:
    made = ET.Element(tag, attributes)
    if tag != "br":
        made.text = text
        made.extend(children)
        for child in children:
            child.tail = text[::-1]
    return made


def on_screen(html: str) -> str:
    return for_screen(html, {}, "table").html


@given(elements())
def test_html_without_styles_is_unchanged(composed: ET.Element) -> None:
    html = ET.tostring(composed, encoding="unicode", method="html")
    assert Reader(on_screen(html)).read == Reader(html).read


def test_drawings_and_comments_stay() -> None:
    html = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><!-- a map -->'
        '<clipPath id="c"></clipPath><path d="M0 0" xml:lang="bg"></path><text>а &lt; б</text></svg>'
    )
    assert on_screen(html) == html


def test_lengths_become_one_sheet() -> None:
    html = '<span class="bar" style="width:40%"></span><span style="width:40%"></span><i style="left:1%"></i>'
    page = for_screen(html, {}, "table")
    assert page.html == (
        '<span class="bar" data-length="l0"></span><span data-length="l0"></span><i data-length="l1"></i>'
    )
    assert page.lengths == "[data-length=l0]{width:40%}[data-length=l1]{left:1%}"


def test_a_picture_has_its_size_in_pixels() -> None:
    (image,) = Reader(on_screen('<img src="a.jpg" alt="" style="width:25.4mm;height:50.8mm">')).read
    assert image == (
        "img",
        [
            ("alt", ""),
            ("decoding", "async"),
            ("height", "192"),
            ("loading", "lazy"),
            ("src", "a.jpg"),
            ("width", "96"),
        ],
    )


def test_a_figure_keeps_its_share_of_a_row_and_nothing_else() -> None:
    page = for_screen('<figure style="width:60mm"></figure><figure style="margin:0"></figure>', {}, "table")
    assert page.html == '<figure data-length="l0"></figure><figure></figure>'
    assert page.lengths == "[data-length=l0]{flex:60 1 0}"


@pytest.mark.parametrize("parts", [2, 3, 5])
def test_the_parts_of_an_address_are_one_link_that_may_break_between_them(parts: int) -> None:
    html = "<wbr>".join(f'<a href="https://a.example/" class="part">{at}/</a>' for at in range(parts))
    seams = "<wbr>".join(f"{at}/" for at in range(parts))
    assert on_screen(f"<p>См. {html}.</p>") == (
        f'<p>См. <a href="https://a.example/" class="part">{seams}</a>.</p>'
    )


def test_addresses_that_lead_elsewhere_stay_apart() -> None:
    html = '<p><a href="#a" class="part">a</a><wbr><a href="#b" class="part">b</a></p>'
    assert on_screen(html) == html


def test_the_numeral_of_a_note_follows_its_word() -> None:
    html = '<p>дума \n<a class="again" href="#n">1</a><em>и</em> <a class="again" href="#m">2</a> край</p>'
    assert on_screen(html) == (
        '<p>дума<a class="again" href="#n">1</a><em>и</em><a class="again" href="#m">2</a> край</p>'
    )


def test_the_colours_of_the_style_in_a_drawing_follow_the_sheet() -> None:
    html = '<svg><path fill="#0F4C64"></path></svg><b title="#0F4C64">#0F4C64</b>'
    page = for_screen(html, {"petrol": "#0F4C64", "second": "#0F4C64"}, "table")
    assert page.html == '<svg><path fill="var(--petrol)"></path></svg><b title="#0F4C64">#0F4C64</b>'


def test_a_table_that_may_be_scrolled_is_reached_and_named() -> None:
    page = for_screen('<div class="tabular"></div>', {}, 'Табл. "1"')
    assert Reader(page.html).read[0] == (
        "div",
        [("aria-label", 'Табл. "1"'), ("class", "tabular"), ("role", "group"), ("tabindex", "0")],
    )
