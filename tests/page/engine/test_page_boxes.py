"""Cards at the foot of a page: printed whole, and in reading order with their article."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pypdfium2

from pipeline.page.engine.page_boxes import reorder_continued_cards

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = {"data-article": "article-one"}


@dataclass
class Box:
    """A box like the engine's box of an element."""

    element: ET.Element
    children: list[Box] = field(default_factory=list)

    @property
    def element_tag(self) -> str:
        return self.element.tag


def hung(*pages: Box) -> list[list[str]]:
    reorder_continued_cards([SimpleNamespace(_page_box=page) for page in pages])

    def named(box: Box) -> list[str]:
        return [box.element.get("id", box.element_tag)] + [
            name for child in box.children for name in named(child)
        ]

    return [named(page) for page in pages]


def test_a_card_that_was_sent_on_is_read_before_the_next_block_of_its_article() -> None:
    root, card = ET.Element("html"), ET.Element("aside", ARTICLE)
    peg, whole = ET.Element("div", {"class": "peg"}), ET.Element("div", {"class": "whole"})
    body = ET.Element("div", {**ARTICLE, "id": "body"})
    first, second = ET.Element("p", {"id": "first"}), ET.Element("p", {"id": "second"})
    page = Box(root, [Box(card, [Box(peg)]), Box(body, [Box(first)])])
    after = Box(root, [Box(card, [Box(whole)]), Box(body, [Box(first), Box(second)])])
    assert hung(page, after) == [
        ["html", "body", "first"],
        ["html", "body", "first", "aside", "div", "second"],
    ]


def test_a_card_that_fits_stays_where_it_is() -> None:
    root, card = ET.Element("html"), ET.Element("aside", ARTICLE)
    whole, body = ET.Element("div", {"class": "whole"}), ET.Element("div", {**ARTICLE, "id": "body"})
    page = Box(root, [Box(card, [Box(whole)]), Box(body)])
    assert hung(page) == [["html", "aside", "div", "body"]]


def test_no_card_of_the_shipped_issue_is_parted(shipped: Path) -> None:
    document = pypdfium2.PdfDocument(shipped / "2023-12-20" / "bulletin-2023-12-20.pdf")
    lines = [page.get_textpage().get_text_range().split("\r\n") for page in document]
    document.close()
    begun = [page.count("Програма") for page in lines]
    assert sum(begun) == 5
    assert begun == [page.count("Бюджет") for page in lines]
