"""Reads the file of an article, and that of its translation, into an `Article`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.owned_files import RefusedNameError, as_on_disk, load, owned_file
from pipeline.files.text.source import LARGEST, read_text
from pipeline.files.yaml_nodes import NO_FIELDS, Mapping, Scalar
from pipeline.findings.finding import errors, found
from pipeline.findings.place import Place
from pipeline.models.issue import Article, composed
from pipeline.models.kinds.union import FIELDS_TO_TRANSLATE, ArticleHead
from pipeline.models.text import Picture
from pipeline.models.tree import nodes_of
from pipeline.reading.cross_checks import article_findings
from pipeline.reading.markdown.manuscript import read_manuscript
from pipeline.reading.markdown.nested_pictures import with_pictures_between
from pipeline.reading.stand_ins import readable_head
from pipeline.reading.translations import originals_in, translated_name
from pipeline.reading.validation import AnyOf, places_of

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf
    from collections.abc import Sequence

    from pipeline.models.kinds.union import Head
    from pipeline.reading.issue_files import IssueFiles

ANY_HEAD: Final[AnyOf[Head]] = AnyOf(ArticleHead)


class Articles(NamedTuple):
    """The articles of an issue by file name, in its order.

    Args:
        whole: Those without errors in their fields.
        readable: These, and what can be read of the others.
    """

    whole: dict[str, Article]
    readable: dict[str, Article]


def read_articles(files: IssueFiles, names: MappingOf[str, Place], language: str | None) -> Articles:
    """Read the articles of an issue.

    Args:
        files: Collects the findings.
        names: Their file names, and where each is named.
        language: The language of the translation to read; None for the issue's own.
    """
    likely: list[str] = []
    if language is None:
        known = [composed(path.name) for path in originals_in(files.folder).values()]
        likely = [name for name in known if name not in names] or known
    articles = Articles({}, {})
    for name, named_at in names.items():
        _read_article(articles, files, name, named_at, language=language, likely=likely)
    return articles


def _read_article(
    articles: Articles,
    files: IssueFiles,
    name: str,
    named_at: Place,
    *,
    language: str | None,
    likely: Sequence[str],
) -> None:
    """Read an article and enter it in `articles`, as far as it can be read.

    Where there is no file of its name, one of `likely` is suggested.
    """
    written = name if language is None else translated_name(name, language)
    if language is not None and not _exists(files, written):
        files.findings.append(found("E91", named_at, name=name, language=language, wanted=written))
        return
    source = files.source(files.folder, written, named_at, likely)
    if source is None:
        return
    manuscript = read_manuscript(source)
    files.findings += manuscript.findings
    for picture in nodes_of(Picture, manuscript.body):
        files.check_picture(picture.source, picture.place)
    place = Place(source.path, manuscript.front_line)
    fields = None
    if manuscript.front is not None:
        fields, wrong, _ = manuscript.fields(source.path)
        files.findings += wrong
    if fields is not None and language is not None:
        fields = _with_facts(files, fields, name, place=place, language=language)
    head = files.filled(ANY_HEAD, _with_kind(fields), None) if fields is not None else None
    article = Article(
        name,
        head or readable_head(fields, ANY_HEAD),
        with_pictures_between(manuscript.body),
        manuscript.notes,
        place=place,
        places=places_of(fields or NO_FIELDS),
    )
    articles.readable[name] = article
    if head is None:
        return
    for logo in article.logos:
        if logo is not None:
            files.check_picture(logo.source, logo.place)
    articles.whole[name] = article
    if not errors(manuscript.findings):
        files.findings += article_findings(article)


def _exists(files: IssueFiles, name: str) -> bool:
    """Return whether there is such a file in the issue's folder, one that may be read or not."""
    try:
        return as_on_disk(files.folder, name).exists()
    except (OSError, ValueError):
        return False


def _with_facts(files: IssueFiles, fields: Mapping, name: str, *, place: Place, language: str) -> Mapping:
    """Add the fields that a translation takes from the original: kind, addresses, amounts, dates."""
    try:
        path = owned_file(files.folder, name)
        data = load(path, LARGEST)
    except (RefusedNameError, OSError):
        return fields  # reported where the issue is read in its own language
    source, _ = read_text(data, files.shown(path))
    original = (read_manuscript(source).fields(source.path).fields if source else None) or NO_FIELDS
    added = []
    for key, value in original.fields:
        text = key.text or ""
        if fields.key(text) is not None:
            continue
        if text not in FIELDS_TO_TRANSLATE:
            added.append((key, value))
        elif text != "title":
            files.findings.append(found("W08", place, name=text, language=language, wanted=f"{text}: …"))
    if source and added:
        files.sources[source.path] = source.text
        files.files[source.path] = path
    return dataclasses.replace(fields, fields=(*fields.fields, *added))


def _with_kind(fields: Mapping) -> Mapping:
    """Add the kind `article` where none is given."""
    if fields.key("kind") is not None:
        return fields
    kind = (Scalar("kind", fields.place), Scalar("article", fields.place))
    return dataclasses.replace(fields, fields=(*fields.fields, kind))
