"""What a view says of its pages, as the preview tells of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.standards.browsing import CHROMIUM
from tests.studio.handling.test_presses import ISSUE, told
from tests.studio.running import shown

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.studio.running import Studio

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)


@pytest.mark.parametrize("view", ["pages", "pages/spreads", "pages/press", "articles/degrebe.md"])
def test_that_filling_the_pages_was_given_up_is_said_above_them_until_they_are_filled(
    entered: tuple[Studio, BrowserContext], page: Page, view: str
) -> None:
    answers = {"is_given_up": True}
    page.route("**/api/issues/*/pages/*", lambda route: route.abort())
    page.route("**/api/issues/*/inks/*", lambda route: route.abort())
    page.route("**/api/issues/*/pages*", lambda route: route.fulfill(json=told(2, settled=True) | answers))
    page.set_viewport_size({"width": 1400, "height": 900})
    shown(entered, page, f"{ISSUE}/{view}")
    expect(page.get_by_text("Not filled: that takes too long or too much memory here")).to_be_visible()
    answers["is_given_up"] = False
    page.reload()
    expect(page.locator("[data-article='xd-media-hub.md'], main img").first).to_be_attached()
    expect(page.get_by_text("Not filled: that takes too long or too much memory here")).to_be_hidden()
