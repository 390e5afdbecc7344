"""Views of the studio, opened one after the other, and kept as pictures.

Each is a view of a studio that runs, as Debian's Chromium shows it: an empty folder on its first day, then
the bulletin of a school that is made up, into which a mail is brought and in which somebody writes. They are
reduced to a few colours, as the guide is read in a browser and carried by the repository.
"""

from __future__ import annotations

import io
import sys
import tempfile
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.specimens.bulletins import BULLETINS, laid_out
from tests.specimens.photographs import photograph
from tests.standards.browsing import chromium
from tests.studio.running import ready, studio
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

PICTURES: Final = REPOSITORY / "docs" / "bg" / "pictures" / "studio"
_SIZE: Final = (1280, 860)
"""Width and height of the window, in CSS pixels; a picture of it is as large."""

_COLOURS: Final = 128
_PATIENCE: Final = 90_000
"""Milliseconds that a view may need: the pages of a whole issue are made for some."""

_SCHOOL: Final = BULLETINS["school"]
_ISSUE: Final = f"/issues/{_SCHOOL.date}"
_ARTICLE: Final = "yard.md"
_SENTENCE: Final = ' Сега навън има "ред" и за пробба, и за истински урок.'
"""With quotation marks that are to be set, and a word that no dictionary knows."""


def main() -> None:
    """Make all pictures anew, and say how large they are together."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        begin(Path(folder), browser)
        work(Path(folder), browser)
        publish(Path(folder), browser)
    total = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    sys.stdout.write(f"{PICTURES.relative_to(REPOSITORY)}: {total:,} bytes\n")


def begin(folder: Path, browser: Browser) -> None:
    """Show the first day of a folder in which nothing is yet."""
    root = folder / "empty"
    root.mkdir()
    with studio(root, folder / "state") as running:
        context, page = running.opened(browser, **_window())
        page.get_by_label("Как се казва бюлетинът").fill("Градът знае")
        page.get_by_label("Кой го издава").fill("Клъстер „Град на знанието“")
        page.get_by_label("Адресът, от който").fill("office@example.org")
        page.locator("main").focus()
        page.evaluate("() => scrollTo(0, 0)")
        # The last line names the folder, which is another each time.
        take(page, "first-day", height=960)
        context.close()


def work(folder: Path, browser: Browser) -> None:
    """Show an issue in hand, from what is brought in to its pages."""
    root = folder / "written"
    root.mkdir()
    article = laid_out(_SCHOOL, None, root) / _ARTICLE
    with studio(root, folder / "state") as running:
        context, page = running.opened(browser, **_window())
        page.set_default_timeout(_PATIENCE)
        at: Callable[[str], None] = lambda path: go(page, f"{running.base}{path}")  # noqa: E731
        write(page, at, article)
        at(f"{_ISSUE}/pictures")
        settle_images(page)
        take(page, "pictures")
        at(f"{_ISSUE}/replacing?words=г-жа&by=госпожа")
        take(page, "replacing")
        history(page, at)
        see(page, at)
        bring_in(page, at, folder)
        at(_ISSUE)
        page.locator("[data-waiting]").wait_for(state="detached")
        take(page, "contents")
        at("/")
        settle_images(page)
        take(page, "issues", height=760)
        identity(page, at)
        at("/publication")
        take(page, "publication")
        at("/house")
        take(page, "house")
        translations(page, at, root)
        context.close()


def see(page: Page, at: Callable[[str], None]) -> None:
    """Show the flatplan with something chosen, and how the issue looks as a mail and at the print shop."""
    at(f"{_ISSUE}/pages")
    page.locator("[data-article='chess.md']").click()
    page.get_by_label("Тежест на страницата").select_option("feature")
    page.locator("[data-does][aria-busy=false]").wait_for()
    page.set_viewport_size({"width": _SIZE[0], "height": 1000})
    page.locator(".planning").evaluate("each => { each.scrollIntoView(); scrollBy(0, 62); }")
    settle_images(page)
    take(page, "pages", height=1000)
    page.keyboard.press("Escape")
    at(f"{_ISSUE}/pages/spreads")
    page.get_by_role("button", name="Следващ разтвор").click()
    page.locator("main img:visible").first.wait_for()
    settle_images(page)
    take(page, "spreads")
    at(f"{_ISSUE}/pages/phone")
    page.locator("main iframe:not(.coming)").first.wait_for()
    take(page, "phone", height=980)
    at(f"{_ISSUE}/pages/mail")
    for choice in ("на тъмно", "телефон, 360 px"):
        page.get_by_label(choice).check()
    page.locator("iframe[width='360']:not(.coming)").wait_for()
    page.wait_for_function("() => document.querySelectorAll('iframe').length === 1")
    take(page, "mail")
    at(f"{_ISSUE}/pages/press")
    page.locator("[data-sheet]:not([hidden])").wait_for()
    page.get_by_role("button", name="Следваща страница").click()
    page.wait_for_function("() => document.querySelector('[data-most-ink]').textContent")
    settle_images(page)
    take(page, "press")


def bring_in(page: Page, at: Callable[[str], None], folder: Path) -> None:
    """Drop a mail with a photograph on the issue, and show the account of it."""
    at(_ISSUE)
    letter = EmailMessage()
    letter["From"], letter["To"] = "Мария Иванова <m.ivanova@example.org>", "zvanetsat@school.example.org"
    letter["Subject"], letter["Date"] = "Ден на отворените врати", "Mon, 10 Jun 2024 09:20:00 +0300"
    letter.set_content(
        "На 8 юни четиридесет бъдещи първокласници разгледаха училището и нарисуваха двора.\n\n"
        "Рисунките висят във фоайето до края на юни.\n\n-- \nМария Иванова\nтел. 061 55 20 14\n"
    )
    picture = photograph("yard", 7, 1500, 1000)
    letter.add_attachment(picture, maintype="image", subtype="jpeg", filename="dvor.jpg")
    path = folder / "писмо.eml"
    path.write_bytes(bytes(letter))
    page.locator("#files").set_input_files(path)
    page.wait_for_url("**/account/*")
    ready(page)
    take(page, "account")


def write(page: Page, at: Callable[[str], None], file: Path) -> None:
    """Write in an article beside its pages, and ask about a word."""
    at(f"{_ISSUE}/articles/{_ARTICLE}")
    text = page.locator(".ProseMirror > p").first
    text.click()
    text.evaluate("element => getSelection().selectAllChildren(element)")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(_SENTENCE)
    page.wait_for_function("() => document.querySelector('[data-state]').textContent === 'Записано'")
    assert "„ред“" in file.read_text("utf-8")
    page.locator("[data-page-picture]").wait_for()
    page.evaluate(
        "() => { for (const each of document.querySelectorAll('details.facts')) each.open = false; }"
    )
    settle_images(page)
    page.evaluate("() => scrollTo(0, 0)")
    take(page, "article", height=980)
    page.evaluate("() => { document.querySelector('details.facts').open = true; }")
    take(page, "facts", height=980)
    page.evaluate("() => { document.querySelector('details.facts').open = false; }")
    mark = page.locator(".be-mark").first
    mark.wait_for()
    mark.click()
    mark.scroll_into_view_if_needed()
    take(page, "finding")


def history(page: Page, at: Callable[[str], None]) -> None:
    """Show an earlier version of what was written beside what is there now."""
    at(f"{_ISSUE}/history?file={_ARTICLE}")
    page.locator(".versions a").last.click()
    page.locator("#compared").wait_for()
    ready(page)
    take(page, "history", height=760)
    at(f"{_ISSUE}/history/taking-out?words=г-жа")
    take(page, "taking-out", height=760)


def translations(page: Page, at: Callable[[str], None], root: Path) -> None:
    """Show the titles of the issue in a second language, once the publication has one."""
    path = root / "issues" / "publication.yaml"
    path.write_text(path.read_text("utf-8").replace("languages: [bg]", "languages: [bg, en]"), "utf-8")
    at(f"{_ISSUE}/texts/en")
    take(page, "texts")


def publish(folder: Path, browser: Browser) -> None:
    """Show an issue that is made and filed, its mail, and what is found in the archive."""
    root = folder / "published"
    root.mkdir()
    publication = laid_out(_SCHOOL, None, root).parent / "publication.yaml"
    sender = "sender:\n  name: Звънецът\n  email: zvanetsat@school.example.org\n"
    publication.write_text(f"{publication.read_text('utf-8').rstrip()}\n{sender}", "utf-8")
    mail = root / "mail"
    mail.mkdir(mode=0o700)
    settings = "format: 1\nserver: {host: smtp.school.example.org, user: zvanetsat}\nmembers: members.csv\n"
    (mail / "mail.yaml").write_text(settings, "utf-8")
    (mail / "password").write_text("-\n", "utf-8")
    (mail / "password").chmod(0o600)
    addresses = "".join(f"m{number}@example.org\n" for number in range(86))
    (mail / "members.csv").write_text(f"Имейл\n{addresses}", "utf-8")
    with studio(root, folder / "state-of-publishing") as running:
        context, page = running.opened(browser, **_window())
        page.set_default_timeout(4 * _PATIENCE)
        go(page, f"{running.base}{_ISSUE}/release")
        page.get_by_role("button", name="Правене на файловете").click()
        page.get_by_role("button", name="Изтегляне").first.wait_for()
        page.get_by_role("button", name="Архивиране на броя").click()
        page.locator("dialog [value=yes]").click()
        page.locator("a[href^='/archive/']").first.wait_for()
        # What was announced stands there for some seconds.
        go(page, f"{running.base}{_ISSUE}/release")
        take(page, "release", height=1580)
        go(page, f"{running.base}/mail")
        take(page, "mail-settings", height=960)
        ask(page, running.base, folder)
        go(page, f"{running.base}/archive?words=двор")
        take(page, "archive")
        context.close()


def ask(page: Page, base: str, folder: Path) -> None:
    """Show somebody who asks to be forgotten, and letters that came back."""
    go(page, f"{base}/mail/people")
    page.locator("#address").fill("m7@example.org")
    page.keyboard.press("Enter")
    page.locator("#again").wait_for()
    go(page, f"{base}/mail/people")
    take(page, "people", height=1340)
    go(page, f"{base}/mail/returned")
    head = "From: m7@example.org\nTo: zvanetsat@school.example.org\n"
    thanks, away = folder / "thanks.eml", folder / "away.eml"
    thanks.write_text(f"{head}Subject: Благодаря\n\nБлагодаря за броя за двора!\n", "utf-8")
    away.write_text(f"{head}Subject: Away\nAuto-Submitted: auto-replied\n\nВ отпуск съм до 1 юли.\n", "utf-8")
    page.locator("#files").set_input_files([thanks, away])
    page.locator("#came").wait_for()
    go(page, f"{base}/mail/returned")
    take(page, "returned", height=900)


def identity(page: Page, at: Callable[[str], None]) -> None:
    """Show the specimen beside the colours it is drawn from."""
    at("/identity")
    page.locator("img.specimen:not([hidden])").wait_for()
    settle_images(page)
    take(page, "identity", height=1000)


def go(page: Page, address: str) -> None:
    """Open a view, and wait until it shows what it is to show."""
    page.goto(address)
    ready(page)


def settle_images(page: Page) -> None:
    """Wait until every picture in sight has come."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('img')].filter(each => each.checkVisibility()"
        " && each.getBoundingClientRect().top < innerHeight).every(each => each.complete)"
    )


def take(page: Page, name: str, *, height: int = _SIZE[1]) -> None:
    """Keep a picture of what the window shows.

    Args:
        page: The view.
        name: Of the picture, without `.png`.
        height: Of the window, in CSS pixels.
    """
    page.set_viewport_size({"width": _SIZE[0], "height": height})
    page.wait_for_timeout(400)
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shown.quantize(_COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def _window() -> dict[str, object]:
    return {
        "viewport": {"width": _SIZE[0], "height": _SIZE[1]},
        "locale": "bg-BG",
        "timezone_id": "Europe/Sofia",
        "bypass_csp": True,
    }
