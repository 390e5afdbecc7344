"""Who made a picture is taken on from its line beside it, in one step that is undone in one step."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.standards.browsing import CHROMIUM
from tests.studio.handling.test_presses import ISSUE
from tests.studio.running import shown

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

    from tests.studio.running import Studio

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

BEGUN = """\
---
kind: article
title: Дворът
# Offered for the pictures; to accept one, write what stands in quotes into the braces behind the picture.
# images/portrait.jpg: credit="Мария Иванова"
---
Думи отпред.

![Двор](images/portrait.jpg){credit=""}

Снимка: Мария Иванова

Думи отзад.
"""
TAKEN = """\
---
kind: article
title: Дворът
---
Думи отпред.

![Двор](images/portrait.jpg){credit="Мария Иванова"}

Думи отзад.
"""


def test_a_credit_is_taken_on_and_its_line_taken_out_and_both_are_undone(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    article = root / ISSUE[1:] / "degrebe.md"
    before = article.read_bytes()
    article.write_text(BEGUN, "utf-8")
    try:
        shown(entered, page, f"{ISSUE}/articles/degrebe.md")
        page.get_by_role("button", name="Take on, and take its line out").click()
        expect(page.get_by_role("region", name="Proposed")).to_have_count(0)
        assert article.read_text("utf-8") == TAKEN
        page.locator("#undo button").first.click()
        expect(page.get_by_role("region", name="Proposed")).to_have_count(1)
        assert article.read_text("utf-8") == BEGUN
    finally:
        article.write_bytes(before)
