"""The mail edition in a real browser: width, contrast in light and dark mode, and reading without images."""

from __future__ import annotations

import base64
import os
import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.golden import ISSUES
from tests.standards.browsing import CHROMIUM, chromium
from tests.support.mails import CORRECTION, ONLINE, body_of, sound, with_sender

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

LEAST_CONTRAST: Final = 4.5

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

# WCAG 2.2, 1.4.3: the contrast of every visible text with its background.
CONTRASTS: Final = """() => {
  const channel = (c) => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4 };
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), told = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), parent = walker.currentNode.parentElement;
    if (!text || !parent.getClientRects().length) continue;
    const [a, b] = [light(rgb(getComputedStyle(parent).color)), light(behind(parent))].sort((x, y) => y - x);
    told.push([text, (a + .05) / (b + .05)]);
  }
  return told;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module", params=[*ISSUES, "correction"])
def html(request: pytest.FixtureRequest, shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the HTML as a mail program shows it: with the logos of the message."""
    if request.param == "correction":
        root = sound(
            tmp_path_factory.mktemp("mended"), sender=with_sender(f"online: {ONLINE}"), issue=CORRECTION
        )
        body = body_of(root, "2023-12-20")
        logos = {logo.name: logo.data for logo in body.logos.values()}
        return _shown(body.html, logos)
    stem = f"bulletin-{request.param}-mail"
    folder = shipped / request.param
    logos = {path.name.removeprefix(f"{stem}-"): path.read_bytes() for path in folder.glob(f"{stem}-*")}
    return _shown((folder / f"{stem}.html").read_text("utf-8"), logos)


def _shown(html: str, logos: dict[str, bytes]) -> str:
    def put(match: re.Match[str]) -> str:
        return "data:image/png;base64," + base64.b64encode(logos[match[1]]).decode()

    return re.sub(r"cid:([\w.-]+)", put, html)


def opened(browser: Browser, html: str, width: int, scheme: str) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.route("**/*", lambda route: route.abort())
    page.set_content(html)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 600])
def test_it_fits_and_has_contrast_in_light_and_dark_mode(
    browser: Browser, html: str, width: int, scheme: str
) -> None:
    page = opened(browser, html, width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 20
    assert [(text, ratio) for text, ratio in contrasts if ratio < LEAST_CONTRAST] == []
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
    page.close()


def test_low_contrast_is_detected(browser: Browser, html: str) -> None:
    page = opened(browser, html, 600, "light")
    page.add_style_tag(content=".small { color: #aaa !important }")
    assert any(ratio < LEAST_CONTRAST for _, ratio in page.evaluate(CONTRASTS))
    page.close()


def test_without_images_it_has_the_same_text(browser: Browser, html: str) -> None:
    without = re.sub(r"data:image/png;base64,[^\"]+", "cid:none", html)
    page, whole = opened(browser, without, 360, "light"), opened(browser, html, 360, "light")
    assert page.inner_text("body") == whole.inner_text("body")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    for alternative in page.eval_on_selector_all("img", "all => all.map((one) => one.alt)"):
        assert alternative
    page.close()
    whole.close()
