"""What stands in the sources of a filing where a picture or an article was withdrawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.filing_record import hash_of
from pipeline.archive.temporary_workspace import temporary_workspace
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import ISSUES
from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_text import yaml_text
from pipeline.findings.finding import ArchiveError, BulletinError, found
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import message_language, say
from pipeline.models.text import Picture
from pipeline.models.tree import nodes_of
from pipeline.page.pictures.metadata.cleaning import cleaned_or_as_it_is
from pipeline.page.pictures.private_pictures import tells_more
from pipeline.page.pictures.stand_in import stand_in
from pipeline.reading.markdown.rewriting.picture_replacing import PictureWords, with_picture_words
from pipeline.typography.dates import full_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.shelf import Shelf
    from pipeline.models.issue import Issue

_ALTERNATIVE: Final = N_("A grey field: the picture was withdrawn")
_CAPTION: Final = N_("The picture was withdrawn on {day}")
_CREDIT: Final = N_("the editors")
_TITLE: Final = N_("Withdrawn article")
_TEXT: Final = N_("The article that stood here was withdrawn on {day}.")

_ARTICLE: Final = ".md"
_LANGUAGE: Final = re.compile(r"\.([a-z]{2,3}(?:-[A-Za-z]+)?)\.(?:md|yaml)$")


class Named(NamedTuple):
    """What is to be withdrawn.

    Args:
        name: As `2023-12-20/images/x.jpg`.
        hashes: SHA-256 of it in every filing of the issue, of an article in every language.
    """

    name: str
    hashes: frozenset[str]


def named_in(shelf: Shelf, wanted: str) -> Named:
    """Return the picture or article that a user names.

    Raises:
        ArchiveError: Nothing filed is called so, or different files of several issues are (E205).
        IssueError: No issue has the number (E09), or several have (E87).
    """
    name = wanted.strip().removeprefix("./").removeprefix(f"{ISSUES}/")
    number, slash, rest = name.partition("/")
    if slash and number.isdecimal():
        name = f"{shelf.workspace.choose_issue(number).name}/{rest}"
    known = {
        path.removeprefix(f"{ISSUES}/"): None
        for filing in shelf.filings
        for path in filing.sources
        if path.startswith(f"{ISSUES}/{filing.issue}/") and not path.endswith(".yaml")
    }
    fitting = [each for each in known if each == name] or [
        each for each in known if each.partition("/")[2] == name
    ]
    # The same picture in several issues is one.
    if len({frozenset(_hashes_at(shelf, each)) for each in fitting}) != 1:
        raise ArchiveError([found("E205", None, found=wanted, known=", ".join(fitting or known))])
    paths = {f"{ISSUES}/{fitting[0]}"}
    if fitting[0].endswith(_ARTICLE):
        stem = fitting[0].removesuffix(_ARTICLE)
        paths |= {
            f"{ISSUES}/{each}" for each in known if re.fullmatch(re.escape(stem) + r"\.[\w-]+\.md", each)
        }
    hashes = {sha256 for path in paths for sha256 in _hashes_at(shelf, path.removeprefix(f"{ISSUES}/"))}
    withdrawn = {each.now.sha256 for every in shelf.withdrawals for each in every.replaced.values()}
    return Named(fitting[0], frozenset(hashes - withdrawn))


def _hashes_at(shelf: Shelf, name: str) -> Iterator[str]:
    """Yield the SHA-256 of a source in every filing of its issue, by its path from the folder of issues."""
    for filing in shelf.filings:
        stored = filing.sources.get(f"{ISSUES}/{name}")
        if filing.issue == name.partition("/")[0] and stored is not None:
            yield stored.sha256


def cleaned_pictures(shelf: Shelf) -> dict[str, bytes]:
    """Return every filed picture that tells more than it shows, cleaned, by the SHA-256 of the original."""
    cleaned: dict[str, bytes] = {}
    for filing in shelf.filings:
        for path, stored in filing.sources.items():
            if path.startswith(f"{ISSUES}/") and stored.sha256 not in cleaned:
                data = shelf.source(filing, path)
                if (now := cleaned_or_as_it_is(data, path)) != data:
                    cleaned[stored.sha256] = now
    return cleaned


def refuse_private(filing: Filing, sources: Mapping[str, bytes]) -> None:
    """Refuse to publish a filing whose archive PDF carries pictures that tell more than they show.

    Issues filed before pictures were cleaned may have them.

    Raises:
        ArchiveError: With their names (E253).
    """
    folder = f"{ISSUES}/"
    names = [
        path.removeprefix(folder)
        for path, data in sources.items()
        if path.startswith(folder) and tells_more(data, path)
    ]
    if names:
        raise ArchiveError([found("E253", None, filing=filing.name, known=", ".join(names))])


def stand_ins(shelf: Shelf, filing: Filing, gone: set[str], today: dt.date) -> dict[str, bytes]:
    """Return the new content of the sources of a filing that change, by the SHA-256 of the old one.

    Args:
        shelf: The archive.
        filing: A filing.
        gone: SHA-256 of what is withdrawn; the pictures of a withdrawn article that no other shows are added.
        today: The day, which the stand-ins name.

    Raises:
        IssueError: The filed issue cannot be read.
    """
    sources = shelf.sources(filing)
    folder = f"{ISSUES}/{filing.issue}/"
    by_path = {path: hash_of(data) for path, data in sources.items()}
    articles = {path for path, sha256 in by_path.items() if sha256 in gone and path.endswith(_ARTICLE)}
    if articles:
        theirs = _pictures_of_none_but(articles, sources, filing)
        shown = {by_path[path] for path in theirs if path in by_path}
        gone |= shown - _elsewhere(shelf, {by_path[path] for path in articles})
    pictures = {path for path, sha256 in by_path.items() if sha256 in gone and path not in articles}
    replaced = {by_path[path]: stand_in(sources[path], path) for path in sorted(pictures)}
    named = {path.removeprefix(folder) for path in pictures}
    for path, data in sources.items():
        language = _language(path, filing)
        if path in articles:
            replaced[by_path[path]] = _article(language, today)
        elif path.startswith(folder) and path.endswith(_ARTICLE):
            text = data.decode("utf-8-sig")
            edited = with_picture_words(text, named, _words(language, today))
            if edited != text.replace("\r\n", "\n").replace("\r", "\n"):
                replaced[by_path[path]] = edited.encode()
    return replaced | _covers(sources, filing, named, today)


def _language(path: str, filing: Filing) -> str:
    match = _LANGUAGE.search(path)
    return match[1] if match and match[1] in filing.languages else filing.languages[0]


def _said(message: str, language: str, today: dt.date) -> str:
    spoken = message_language(language, {})
    return say(message, spoken, day=full_date(today, spoken)) if "{" in message else say(message, spoken)


def _words(language: str, today: dt.date) -> PictureWords:
    return PictureWords(*(_said(each, language, today) for each in (_ALTERNATIVE, _CAPTION, _CREDIT)))


def _article(language: str, today: dt.date) -> bytes:
    title, text = (_said(each, language, today) for each in (_TITLE, _TEXT))
    return f"---\nkind: notice\ntitle: {yaml_text(title)}\n---\n{text}\n".encode()


def _covers(sources: dict[str, bytes], filing: Filing, shown: set[str], today: dt.date) -> dict[str, bytes]:
    """Return the files of the issue whose cover shows a withdrawn picture, with other words for it."""
    folder = f"{ISSUES}/{filing.issue}"
    path = f"{folder}/issue.yaml"
    editor = YamlEditor(sources[path].decode(), path)
    if editor.value(("cover", "picture")) not in shown:
        return {}
    words = _words(filing.languages[0], today)
    editor.set(("cover", "alternative"), words.alternative)
    editor.set(("cover", "credit"), words.credit)
    replaced = {hash_of(sources[path]): editor.text.encode()}
    for language in filing.languages[1:]:
        other = f"{folder}/issue.{language}.yaml"
        texts = YamlEditor(sources[other].decode(), other)
        if texts.value(("cover_alternative",)) is not None:
            texts.set(("cover_alternative",), _words(language, today).alternative)
            replaced[hash_of(sources[other])] = texts.text.encode()
    return replaced


def _pictures_of_none_but(articles: set[str], sources: dict[str, bytes], filing: Filing) -> Iterator[str]:
    """Yield the pictures that only some articles show, by path in a workspace."""
    folder = f"{ISSUES}/{filing.issue}"
    of_these: set[str] = set()
    of_others: set[str] = set()
    with temporary_workspace(sources) as workspace:
        for language in filing.languages:
            try:
                issue = check_issue(workspace.issues / filing.issue, workspace, language).filed().issue
            except BulletinError as fault:
                raise ArchiveError(fault.findings) from fault
            for path, source in _shown(issue, folder):
                (of_these if path in articles else of_others).add(f"{folder}/{source}")
    yield from sorted(of_these - of_others)


def _elsewhere(shelf: Shelf, articles: set[str]) -> set[str]:
    """Return the SHA-256 of the sources of all filings that have none of some articles."""
    return {
        stored.sha256
        for filing in shelf.filings
        if not any(stored.sha256 in articles for stored in filing.sources.values())
        for stored in filing.sources.values()
    }


def _shown(issue: Issue, folder: str) -> Iterator[tuple[str, str]]:
    for article in issue.articles:
        for picture in nodes_of(Picture, article.body):
            yield article.place.path or f"{folder}/{article.name}", picture.source
    # The cover shows a copy of the first picture of its article.
    in_articles = {
        picture.source for article in issue.articles for picture in nodes_of(Picture, article.body)
    }
    if issue.cover is not None and issue.cover.source not in in_articles:
        yield "", issue.cover.source
