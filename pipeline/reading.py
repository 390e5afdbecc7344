"""A folder of files → an issue, and everything that is wrong with them, at once."""

from __future__ import annotations

import dataclasses
import stat
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from pydantic import TypeAdapter

from pipeline.fields import fill, places_of
from pipeline.findings import Finding, errors, found, in_order, with_excerpts
from pipeline.manuscript import read_manuscript
from pipeline.models.articles import (
    ArticleHead,
    EventHead,
    GalleryHead,
    NoticeHead,
    PartnersHead,
    ProjectHead,
)
from pipeline.models.issue import Article, Issue, IssuePlan, IssueTexts, Places, Section
from pipeline.models.publication import Publication
from pipeline.models.text import Figure, Link, Measure, Picture
from pipeline.models.values import is_email_address, is_web_address
from pipeline.places import Place
from pipeline.sources import Mapping, Scalar, Sequence, Source, read_text, read_yaml
from pipeline.suggestions import nearest
from pipeline.workspace import PUBLICATION, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf
    from pathlib import Path

    from pipeline.models.issue import Head
    from pipeline.workspace import Workspace

T = TypeVar("T")

EMBLEM: Final = "eu-emblem"
"""The logo that is drawn, not read."""

FEWEST_PICTURES: Final = 2
MOST_PICTURES: Final = 12
_HEAD: Final[TypeAdapter[Head]] = TypeAdapter(ArticleHead)
_MAY_BE_BARE: Final = (EventHead, NoticeHead, PartnersHead)


class Reading(NamedTuple):
    """What was read.

    Args:
        issue: The issue, or None where an error keeps it from being whole.
        findings: All findings, in order, with excerpts.
        sources: The text of each file, by path.
        files: Every file the issue is made from, pictures too, by path relative to the workspace.
    """

    issue: Issue | None
    findings: tuple[Finding, ...]
    sources: MappingOf[str, str]
    files: MappingOf[str, Path]


def read_issue(folder: Path, workspace: Workspace, language: str | None = None) -> Reading:
    """Read an issue.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        language: The language wanted; None for the issue's own.

    Returns:
        The issue where it is whole, and every finding where it is not: a fault in one file
        hides none in another.
    """
    return _Reader(folder, workspace, language).read()


def languages_of(folder: Path) -> list[str]:
    """Return the languages an issue is translated into: those of its `issue.<language>.yaml`."""
    return sorted(
        path.name.split(".")[1] for path in folder.glob("issue.*.yaml") if path.name.count(".") == 2
    )  # noqa: PLR2004


@dataclass
class _Reader:
    folder: Path
    workspace: Workspace
    wanted: str | None
    findings: list[Finding] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    def read(self) -> Reading:
        plan_fields = self._fields(self.folder / "issue.yaml")
        own = self._own_language(plan_fields)
        language = self.wanted or own
        plan = self._filled(IssuePlan, plan_fields, own)
        publication_fields = self._fields(self.workspace.root / PUBLICATION)
        publication = self._filled(Publication, publication_fields, language)
        names = self._article_names(plan_fields)
        translated = language != own
        articles = {
            name: article
            for name, place in names.items()
            if (article := self._article(name, place, language if translated else None)) is not None
        }
        texts = None
        if translated:
            texts = self._filled(IssueTexts, self._fields(self.folder / f"issue.{language}.yaml"), language)
        if plan is not None and plan_fields is not None:
            self._check_plan(plan, places_of(plan_fields), names)
        if publication is not None and publication_fields is not None:
            self._check_publication(publication, places_of(publication_fields))
            self._check_funders(publication, articles)
        self._check_unlisted(names)
        self._check_links(articles, names)
        issue = None
        if plan is not None and publication is not None and not errors(self.findings):
            issue = self._issue(plan, publication, articles, language, texts, plan_fields, publication_fields)
        findings = tuple(with_excerpts(in_order(self.findings), self.sources))
        return Reading(None if errors(findings) else issue, findings, self.sources, self.files)

    # files

    def _path(self, path: Path) -> str:
        return path.relative_to(self.workspace.root).as_posix()

    def _source(self, path: Path, named_at: Place | None = None) -> Source | None:
        name = self._path(path)
        if not path.exists():
            known = [other.name for other in path.parent.glob("*.md")] if path.parent.is_dir() else []
            place = named_at or Place(name)
            self.findings.append(found("E01", place, name=path.name, guess=nearest(path.name, known)))
            return None
        if not stat.S_ISREG(path.stat().st_mode):
            self.findings.append(found("E08", named_at or Place(name), name=path.name))
            return None
        source, wrong = read_text(path.read_bytes(), name)
        self.findings += wrong
        self.files[name] = path
        if source is not None:
            self.sources[name] = source.text
        return source

    def _fields(self, path: Path) -> Mapping | None:
        source = self._source(path)
        if source is None:
            return None
        fields, wrong = read_yaml(source)
        self.findings += wrong
        return fields

    def _filled(self, model: type[T], fields: Mapping | None, language: str) -> T | None:
        if fields is None:
            return None
        value, wrong = fill(model, fields, language)
        self.findings += wrong
        return value

    def _owned(self, name: str, place: Place, base: Path | None = None) -> Path | None:
        """Return a file the issue names, if it lies in the issue's folder, links followed."""
        base = base or self.folder
        inside = name.replace("\\", "/")
        if inside.startswith("/") or ".." in inside.split("/") or ":" in inside or "\0" in inside:
            self.findings.append(found("E04", place, name=name))
            return None
        path = _as_on_disk(base, inside)
        try:
            resolved = path.resolve()
        except (OSError, RuntimeError):
            resolved = path
        if not resolved.is_relative_to(base.resolve()):
            self.findings.append(found("E04", place, name=name))
            return None
        return path

    # articles

    def _article_names(self, fields: Mapping | None) -> dict[str, Place]:
        """Give the article files that issue.yaml lists, even where the rest of it is wrong."""
        names: dict[str, Place] = {}
        sections = fields.get("sections") if fields else None
        for section in sections.items if isinstance(sections, Sequence) else ():
            listed = section.get("articles") if isinstance(section, Mapping) else None
            for item in listed.items if isinstance(listed, Sequence) else ():
                if not isinstance(item, Scalar) or not item.text:
                    continue
                if item.text in names:
                    self.findings.append(found("E48", item.place, name=item.text))
                names.setdefault(item.text, item.place)
        return names

    def _article(self, name: str, named_at: Place, language: str | None) -> Article | None:
        file_name = f"{name.removesuffix('.md')}.{language}.md" if language else name
        path = self._owned(file_name, named_at)
        source = self._source(path, named_at) if path else None
        if source is None:
            return None
        manuscript = read_manuscript(source)
        self.findings += manuscript.findings
        if manuscript.front is None:
            return None
        fields, wrong = read_yaml(Source(source.path, manuscript.front), manuscript.front_line)
        self.findings += wrong
        if fields is None:
            return None
        head, wrong = fill(_HEAD, _with_kind(fields), self.wanted)
        self.findings += wrong
        place = Place(source.path, manuscript.front_line)
        self._check_pictures(manuscript.body)
        if head is None:
            return None
        article = Article(name, head, manuscript.body, manuscript.notes, place, places_of(fields))
        self._check_article(article)
        return article

    def _check_article(self, article: Article) -> None:
        figures = sum(isinstance(block, Figure) for block in article.body)
        if not article.body and not isinstance(article.head, _MAY_BE_BARE):
            self.findings.append(found("E45", article.place))
        elif isinstance(article.head, GalleryHead) and not FEWEST_PICTURES <= figures <= MOST_PICTURES:
            self.findings.append(found("E46", article.place, count=figures))

    def _check_pictures(self, node: object) -> None:
        for picture in _nodes_of(Picture, node):
            if "//" in picture.source or picture.source.startswith("data:"):
                continue  # found already: pictures on the web are not fetched
            path = self._owned(picture.source, picture.place)
            if path is None:
                continue
            if not path.exists():
                known = [
                    other.relative_to(self.folder).as_posix()
                    for other in self.folder.rglob("*")
                    if other.is_file() and other.suffix.lower() not in {".md", ".yaml"}
                ]
                guess = nearest(picture.source, known)
                self.findings.append(found("E01", picture.place, name=picture.source, guess=guess))
            elif not stat.S_ISREG(path.stat().st_mode):
                self.findings.append(found("E08", picture.place, name=picture.source))
            else:
                self.files[f"{self._path(self.folder)}/{picture.source}"] = path

    def _check_links(self, articles: MappingOf[str, Article], names: MappingOf[str, Place]) -> None:
        for article in articles.values():
            for link in _nodes_of(Link, (article.body, article.notes)):
                if link.target in names or is_web_address(link.target):
                    continue
                if link.target.startswith("mailto:") and is_email_address(link.target[7:].split("?")[0]):
                    continue
                guess = nearest(link.target, names)
                self.findings.append(found("E50", link.place, target=link.target[:80], guess=guess))

    # the issue as a whole

    def _own_language(self, fields: Mapping | None) -> str:
        written = fields.get("language") if fields else None
        if isinstance(written, Scalar) and written.text:
            return written.text
        path = self.workspace.root / PUBLICATION
        if path.is_file():
            source, _ = read_text(path.read_bytes(), PUBLICATION)
            publication = read_yaml(source)[0] if source else None
            languages = publication.get("languages") if publication else None
            if isinstance(languages, Sequence) and languages.items:
                first = languages.items[0]
                if isinstance(first, Scalar) and first.text:
                    return first.text
        return "bg"

    def _check_plan(self, plan: IssuePlan, places: Places, names: MappingOf[str, Place]) -> None:
        if self.folder.name != plan.date.isoformat():
            self.findings.append(
                found("E06", places["date"], folder=self.folder.name, date=plan.date.isoformat())
            )
        for other in self.workspace.issue_folders():
            same_year = other.name[:4] == str(plan.date.year)
            if other.name != self.folder.name and same_year and number_of(other) == str(plan.number):
                self.findings.append(
                    found("E07", places["number"], number=plan.number, year=plan.date.year, other=other.name)
                )
        cover = plan.cover
        if cover is None:
            return
        if cover.article is not None and cover.article not in names:
            guess = nearest(cover.article, names)
            self.findings.append(found("E50", places["cover.article"], target=cover.article, guess=guess))
        if cover.picture is not None:
            place = places["cover.picture"]
            if cover.alternative is None:
                self.findings.append(found("E13", places["cover"], name="alternative"))
            if cover.credit is None:
                self.findings.append(found("E13", places["cover"], name="credit"))
            self._check_pictures(_cover_picture(cover.picture, "–", "–", place))

    def _check_publication(self, publication: Publication, places: Places) -> None:
        keys: set[str] = set()
        for index, funder in enumerate(publication.funders):
            if funder.key in keys:
                self.findings.append(found("E38", places[f"funders.{index}.key"], found=funder.key))
            keys.add(funder.key)
            for name in ("logo", "logo_cmyk"):
                file = getattr(funder, name)
                if file is None or file == EMBLEM:
                    continue
                place = places[f"funders.{index}.{name}"]
                path = self._owned(file, place, self.workspace.issues)
                if path is None:
                    continue
                if not path.is_file():
                    self.findings.append(found("E01", place, name=file, guess=nearest(file, [EMBLEM])))
                else:
                    self.files[f"issues/{file}"] = path
        style = publication.style
        wanted = f"{style.name}/{style.version}/style.toml"
        folders = self.workspace.style_folders()
        if not any((root / wanted).is_file() for root in folders):
            known = sorted(
                f"{path.parent.parent.name} {path.parent.name}"
                for root in folders
                for path in root.glob("*/*/style.toml")
            )
            place = places["style"]
            self.findings.append(
                found("E36", place, found=f"{style.name} {style.version}", choices=", ".join(known))
            )

    def _check_funders(self, publication: Publication, articles: MappingOf[str, Article]) -> None:
        keys = [funder.key for funder in publication.funders]
        choices = ", ".join(keys) or "–"
        for article in articles.values():
            head = article.head
            if not isinstance(head, ProjectHead):
                continue
            if head.funder is not None and head.funder not in keys:
                guess = nearest(head.funder, keys)
                place = article.places["funder"]
                self.findings.append(found("E34", place, found=head.funder, choices=choices, guess=guess))
            elif head.programme is not None and head.funder is None:
                self.findings.append(found("W01", article.places["programme"], choices=choices))

    def _check_unlisted(self, names: MappingOf[str, Place]) -> None:
        if not self.folder.is_dir():
            return
        listed = {unicodedata.normalize("NFC", name) for name in names}
        for path in sorted(self.folder.glob("*.md")):
            name = unicodedata.normalize("NFC", path.name)
            stem, _, language = name.removesuffix(".md").rpartition(".")
            is_translation = f"{stem}.md" in listed and (self.folder / f"issue.{language}.yaml").exists()
            if name not in listed and not is_translation:
                self.findings.append(found("W02", Place(self._path(path)), name=path.name))
        for language in languages_of(self.folder) if self.wanted is None else ():
            for name, place in names.items():
                wanted = f"{name.removesuffix('.md')}.{language}.md"
                if not _as_on_disk(self.folder, wanted).exists():
                    self.findings.append(found("W08", place, name=name, language=language, wanted=wanted))

    def _issue(  # noqa: PLR0913 - everything that was read meets here
        self,
        plan: IssuePlan,
        publication: Publication,
        articles: MappingOf[str, Article],
        language: str,
        texts: IssueTexts | None,
        plan_fields: Mapping | None,
        publication_fields: Mapping | None,
    ) -> Issue | None:
        titles = texts or plan
        if texts is not None and len(texts.sections) != len(plan.sections):
            place = Place(f"{self._path(self.folder)}/issue.{language}.yaml")
            self.findings.append(found("E88", place, count=len(texts.sections), wanted=len(plan.sections)))
            return None
        sections = tuple(
            Section(number, shown.title, shown.lead, tuple(articles[name] for name in planned.articles))
            for number, (planned, shown) in enumerate(zip(plan.sections, titles.sections, strict=True), 1)
        )
        cover_alternative = texts.cover_alternative if texts else None
        return Issue(
            folder=self._path(self.folder),
            language=language,
            publication=publication,
            number=plan.number,
            date=plan.date,
            title=titles.title,
            greeting=titles.greeting,
            cover=_cover(plan, articles, plan_fields, cover_alternative),
            cover_article=plan.cover.article if plan.cover else None,
            sections=sections,
            places=places_of(plan_fields) if plan_fields else {},
            publication_places=places_of(publication_fields, language) if publication_fields else {},
        )


def _cover(
    plan: IssuePlan, articles: MappingOf[str, Article], fields: Mapping | None, alternative: str | None
) -> Picture | None:
    """Give the picture of the first page: its own, or the first of the article it leads to."""
    cover = plan.cover
    if cover is None or fields is None:
        return None
    if cover.picture is not None:
        place = places_of(fields)["cover.picture"]
        words = alternative or cover.alternative or ""
        return _cover_picture(cover.picture, words, cover.credit or "", place)
    leading = articles[cover.article].body if cover.article else ()
    return next((block.picture for block in leading if isinstance(block, Figure)), None)


def _cover_picture(source: str, alternative: str, credit: str, place: Place) -> Picture:
    return Picture(source, alternative, credit, None, Measure.WIDE, None, place)


def _with_kind(fields: Mapping) -> Mapping:
    """Take an article without a kind for a plain one."""
    if fields.get("kind") is not None:
        return fields
    kind = (Scalar("kind", fields.place), Scalar("article", fields.place))
    return dataclasses.replace(fields, fields=(*fields.fields, kind))


def _as_on_disk(base: Path, name: str) -> Path:
    """Return a path, its letters composed or decomposed as the disk has them."""
    path = base / name
    if path.exists():
        return path
    decomposed = base / unicodedata.normalize("NFD", name)
    return decomposed if decomposed.exists() else path


def _nodes_of(kind: type[T], node: object) -> Iterator[T]:
    """Give every node of a kind within blocks and inlines."""
    if isinstance(node, kind):
        yield node
    if isinstance(node, tuple) and not isinstance(node, Place):
        for item in node:
            yield from _nodes_of(kind, item)
    else:
        for name in getattr(type(node), "__slots__", ()):
            yield from _nodes_of(kind, getattr(node, name))
