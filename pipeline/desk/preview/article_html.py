"""An article as HTML, at once: it alone is composed, with the templates and look of the archive's site."""

from __future__ import annotations

import base64
import dataclasses
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.archive.site.appearance import look_files, tokens_of
from pipeline.archive.site.footnotes import SiteNotes
from pipeline.archive.site.html_tree import inner_html, parse_body
from pipeline.archive.site.screen_html import for_screen, source_of
from pipeline.archive.site.template_folder import TEMPLATES as SITE
from pipeline.desk.preview.blocks import written_blocks
from pipeline.findings.finding import IssueError, found
from pipeline.page.composition.html import TemplateFolder
from pipeline.page.engine.preview.places import places_of_elements
from pipeline.page.style import ORIGIN
from pipeline.typography.localisation import label

if TYPE_CHECKING:
    from pipeline.desk.production.page_assets import PageAssets
    from pipeline.models.issue import Article, Issue
    from pipeline.page.marks import PrintedPicture
    from pipeline.page.style import Style

TEMPLATES: Final = TemplateFolder("preview", Path(__file__).with_name("templates"))

_POLICY: Final = "default-src 'none'; img-src data:; style-src {styles}; base-uri 'none'; form-action 'none'"
_DARK: Final = re.compile(r"@media screen and \(prefers-color-scheme: ?dark\)")
_IN_HAND: Final = (
    "[id^=line-]{scroll-margin-top:25vh;position:relative}"
    '[id^=line-]:target::before{content:"";position:absolute;top:0;bottom:0;left:-.7rem;width:.2rem;'
    "background:currentColor;opacity:.4}"
)
"""The paragraph that somebody writes in, to which who shows the document goes by its line."""

_FACE: Final = re.compile(r"@font-face\{[^}]*\}\n?")
"""Faces are files, which a document by itself does not have."""


def only_article(issue: Issue, name: str) -> Issue:
    """Return an issue without its other articles.

    Args:
        issue: As read.
        name: The name of the article.

    Raises:
        IssueError: It has no such article (E653).
    """
    for section in issue.sections:
        for article in section.articles:
            if article.name == name:
                alone = dataclasses.replace(section, articles=(article,))
                return dataclasses.replace(issue, sections=(alone,), fillers=(), correction=None)
    raise IssueError([found("E653", None, wanted=name)])


def article_html(
    issue: Issue, style: Style, assets: PageAssets, *, dark: bool | None = None
) -> tuple[str, tuple[int, ...]]:
    """Compose a document of one article.

    Args:
        issue: Typeset, with this article alone.
        style: The style of its pages.
        assets: The files of its pages; those it needs are put into the document.
        dark: Whether it is shown as in the dark; None to leave that to who shows it.

    Returns:
        A whole document without scripts, which allows nothing but what it holds (Content Security Policy 3),
        and the lines of the article's file that elements of it show.
    """
    language = issue.language
    pictures = {source: _inlined(picture, assets) for source, picture in assets.pictures.items()}
    notes: dict[str, SiteNotes] = {}

    def notes_of(article: Article) -> SiteNotes:
        return notes.setdefault(article.name, SiteNotes(article, language))

    body = TEMPLATES.fill_with_issue("article.html.j2", issue, style, pictures, {"notes_of": notes_of})
    page = for_screen(body, tokens_of(style), label("Table", language))
    name, files = look_files(style)
    own = next(data for path, data in files.items() if path.endswith(f"/{name}")).decode()
    common = (SITE.path / "site.css").read_text("utf-8")
    written = (common, _FACE.sub("", own), page.lengths, _IN_HAND)
    sheets = [_in_light(each, dark=dark) for each in written if each]
    schemes = {None: "light dark", False: "light", True: "dark"}
    html, lines = _with_lines(page.html, issue)
    policy = _POLICY.format(styles=" ".join(map(source_of, sheets)))
    title = next(article.head.title for article in issue.articles)
    whole = (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="{schemes[dark]}">\n'
        f"<title>{escape(title)}</title>\n"
        f"{''.join(f'<style>{sheet}</style>' for sheet in sheets)}\n"
        f'</head>\n<body class="issue">\n{html}\n</body>\n</html>\n'
    )
    return whole, lines


def _in_light(sheet: str, *, dark: bool | None) -> str:
    """Return a sheet as by day or in the dark, whatever the own setting of the machine is."""
    return sheet if dark is None else _DARK.sub("@media screen" if dark else "@media not all", sheet)


def _with_lines(html: str, issue: Issue) -> tuple[str, tuple[int, ...]]:
    """Name the elements that show what was written by its line, and return these lines."""
    body = parse_body(html)
    lines: list[int] = []
    for element, place in places_of_elements(body, written_blocks(issue)).items():
        if "id" not in element.attrib and place.line not in lines:
            element.set("id", f"line-{place.line}")
            lines.append(place.line)
    return inner_html(body), tuple(sorted(lines))


def _inlined(picture: PrintedPicture, assets: PageAssets) -> PrintedPicture:
    file = assets.files[picture.url.removeprefix(ORIGIN)]
    data = base64.b64encode(file.data).decode("ascii")
    return picture._replace(url=f"data:{file.media_type};base64,{data}")
