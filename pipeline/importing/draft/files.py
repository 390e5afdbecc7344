"""Writes a draft as the files of an issue: `issue.yaml`, a file for each article, the pictures."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pipeline.files.yaml_text import yaml_lines, yaml_text
from pipeline.findings.finding import Finding, IssueError, found
from pipeline.findings.place import Place
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.draft.file_names import free_name, stem_of
from pipeline.importing.draft.markdown_writer import MarkdownWriter
from pipeline.importing.draft.phrases import (
    IN_A_ROW,
    OFFERED,
    OFFERED_OF_PICTURES,
    OTHER_KINDS,
    UNTITLED,
    WITHOUT_CAPITALS,
    draft_text,
)
from pipeline.importing.draft.picture_offers import picture_offers
from pipeline.models.text import Figure, Paragraph, Picture, Run
from pipeline.models.tree import nodes_of
from pipeline.models.values.strings import LONGEST_LINE
from pipeline.reading.cross_checks import MOST_PICTURES
from pipeline.reading.markdown.manuscript import LARGEST

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from pipeline.files.yaml_text import Value
    from pipeline.importing.draft.draft import Draft, DraftArticle

IMAGES: Final = "images"
_ENDINGS: Final = {
    b"\x89PNG": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"RIFF": ".webp",
    b"II*\x00": ".tif",
    b"MM\x00*": ".tif",
}
_SHORT: Final = 70
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?")
_FEWEST_IN_A_ROW: Final = 3


@dataclass(slots=True)
class Files:
    """The files to write for a draft.

    Args:
        texts: Articles by file name, in order.
        pictures: By file name within the issue's folder.
        sections: Title, lead and article names of each section.
        titles: The file names given to each title, in order.
        findings: Content that could not be written.
    """

    texts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    sections: list[tuple[str, str, list[str]]] = field(default_factory=list)
    titles: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def write_articles(
    draft: Draft,
    files: Files,
    *,
    known: Mapping[str, list[str]],
    there: Mapping[str, str],
    language: str,
) -> None:
    """Write the articles of a draft and their pictures.

    Args:
        draft: As recognised.
        files: Collects the files.
        known: File names by title, as an earlier import gave them.
        there: The articles the issue has already, by file name.
        language: The language of comments in the files.

    Raises:
        IssueError: An article is too long (E506).
    """
    for section in draft.sections:
        names: list[str] = []
        for article in section.articles:
            text = _article(article, files, language)
            if len(text) > LARGEST:
                size, limit = f"{len(text) // 1000} kB", f"{LARGEST // 1000} kB"
                name = article.source.name
                raise IssueError([found("E506", None, name=name, size=size, limit=limit)])
            name = next((each for each in known.get(article.title, ()) if each not in files.texts), "")
            if not name:
                others = {other for other, present in there.items() if present != text}
                name = free_name(
                    stem_of(article.title), ".md", {*files.texts, *itertools.chain(*known.values()), *others}
                )
            files.texts[name] = text
            files.titles.setdefault(article.title, []).append(name)
            article.name = name
            names.append(name)
        if names:
            _list(section.title, section.lead, names, files)


def _list(title: str, lead: str, names: list[str], files: Files) -> None:
    """Add articles to the list of their section; texts without a section share one."""
    for at, (other, led, listed) in enumerate(files.sections):
        if other == title and not (lead and led):
            files.sections[at] = (title, led or lead, [*listed, *names])
            return
    files.sections.append((title, lead, names))


def _article(article: DraftArticle, files: Files, language: str) -> str:
    source = article.source
    keys = dict.fromkeys(picture.source for picture in nodes_of(Picture, tuple(article.blocks)))
    names = {key: _picture_file(key, source.pictures[key], files) for key in keys if key in source.pictures}
    writing = MarkdownWriter(names, source.notes)
    title, rest = _fitting(article.title)
    opening = [Paragraph((Run(rest, Place(source.name)),))] if rest else []
    body = writing.article([*opening, *article.blocks])
    if not body and article.kind == "article":
        # A heading without a text is a notice, which needs none.
        article.kind = "notice"
    for words, target in writing.lost_links:
        files.findings.append(
            found(
                "W507",
                None,
                name=source.name,
                found=shortened(words, _SHORT),
                target=shortened(target, _SHORT) or "–",
            )
        )
    lines = [f"kind: {article.kind}", f"title: {yaml_text(title)}"]
    lines += [f"{name}: {_field_value(value)}" for name, value in article.fields.items()]
    if article.may_be:
        lines[1:1] = [f"# {draft_text(OTHER_KINDS[article.may_be], language)}", f"# kind: {article.may_be}"]
    elif article.kind == "article" and _has_row(article):
        lines[1:1] = [f"# {draft_text(IN_A_ROW, language)}", "# kind: gallery"]
    if article.url:
        lines.append(f"url: {article.url}" if article.kind == "project" else f"# url: {article.url}")
    if article.author:
        lines.append(f"# author: {yaml_text(article.author)}")
    if article.proposals:
        lines.append(f"# {draft_text(OFFERED, language)}")
    for line, sentence in article.proposals:
        lines += [f"# „{sentence}“", f"# {line}"]
    if offers := list(picture_offers(article, names, language)):
        lines += [f"# {line}" for line in (draft_text(OFFERED_OF_PICTURES, language), *offers)]
    return "\n".join(["---", *lines, "---", body])


def _field_value(value: str) -> str:
    return value if _MOMENT.fullmatch(value) else yaml_text(value)


def _has_row(article: DraftArticle) -> bool:
    """Return whether at least three pictures follow each other, in an article that can be a gallery."""
    rows = [
        len(list(group)) for is_figure, group in itertools.groupby(article.blocks, _is_figure) if is_figure
    ]
    return max(rows, default=0) >= _FEWEST_IN_A_ROW and sum(rows) <= MOST_PICTURES


def _is_figure(block: object) -> bool:
    return isinstance(block, Figure)


def _fitting(title: str) -> tuple[str, str]:
    """Split a title that is too long for its field; the rest begins the text."""
    if len(title) <= LONGEST_LINE // 2:
        return title, ""
    at = title.rfind(" ", 0, LONGEST_LINE // 2)
    at = at if at > 0 else LONGEST_LINE // 2
    return title[:at], title[at:].strip()


def _picture_file(key: str, data: bytes, files: Files) -> str:
    """Return the file name of a picture; the same bytes are stored once."""
    for name, stored in files.pictures.items():
        if stored == data:
            return name
    written = PurePosixPath(unquote(key).replace("\\", "/"))
    ending = next((e for start, e in _ENDINGS.items() if data.startswith(start)), ".svg")
    stem = stem_of(re.sub(r"^image(?=\d)", "picture-", written.stem))
    name = free_name(f"{IMAGES}/{stem}", ending, files.pictures)
    files.pictures[name] = data
    return name


def keep_loose(loose: dict[str, bytes], files: Files) -> None:
    """Store pictures that no text shows, and report each with the line that would show it (W509)."""
    for key, data in loose.items():
        name = _picture_file(key, data, files)
        line = f'![…]({name}){{credit="…"}}'
        files.findings.append(found("W509", None, found=name, line=line))


def issue_file(draft: Draft, files: Files, *, number: int, date: dt.date, language: str) -> str:
    """Return `issue.yaml`.

    Args:
        draft: The draft.
        files: The articles, as written.
        number: The issue's number.
        date: The issue's date.
        language: The language of comments, and of the title of the section of texts without one.
    """
    untitled = draft_text(UNTITLED, language)
    masthead = draft.masthead
    title = masthead.title or masthead.publication or untitled
    lines = ["format: 1", f"number: {number}", f"date: {date.isoformat()}", *_title_lines(title, language)]
    if masthead.greeting:
        lines.append(f"greeting: {yaml_text(masthead.greeting)}")
    sections = [section_fields(name or untitled, lead, names) for name, lead, names in files.sections]
    lines += yaml_lines(sections, "sections:")
    return "\n".join(lines) + "\n"


def _title_lines(title: str, language: str) -> list[str]:
    lines = [f"title: {yaml_text(title)}"]
    if title.isupper() and len(title) > 12:  # noqa: PLR2004 - a short name may be an abbreviation
        lines += [f"# {draft_text(WITHOUT_CAPITALS, language)}", f"# title: {yaml_text(title.capitalize())}"]
    return lines


def section_fields(title: str, lead: str, names: list[str]) -> dict[str, Value]:
    """Return a section as issue.yaml lists it."""
    return {"title": title, **({"lead": lead} if lead else {}), "articles": names}
