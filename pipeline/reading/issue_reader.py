"""A folder of files → an issue, and everything that is wrong with them, at once."""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.files.owned_files import RefusedNameError, load, owned_file
from pipeline.files.workspace import PUBLICATION
from pipeline.files.yaml_nodes import LARGEST, Mapping, Scalar, Sequence, Source, read_text, read_yaml
from pipeline.findings.finding import Finding, errors, found, in_order, with_excerpts
from pipeline.findings.place import Place
from pipeline.findings.suggestions import nearest
from pipeline.models.articles import ArticleHead
from pipeline.models.issue import (
    Article,
    Correction,
    Issue,
    IssuePlan,
    IssueTexts,
    Places,
    Section,
    SectionPlan,
    SectionTexts,
)
from pipeline.models.publication import EU_EMBLEM, Publication
from pipeline.models.text import Figure, Measure, Picture
from pipeline.models.tree import nodes_of
from pipeline.models.values import LanguageTag
from pipeline.reading.cross_checks import (
    article_findings,
    funder_findings,
    link_findings,
    plan_findings,
    publication_findings,
    text_findings,
)
from pipeline.reading.markdown.blocks import read_manuscript
from pipeline.reading.markdown.pictures import is_remote
from pipeline.reading.validation import fill, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as MappingOf
    from pathlib import Path

    from pipeline.files.workspace import Workspace
    from pipeline.models.issue import Head

T = TypeVar("T")

TRANSLATED_FIELDS: Final = frozenset({"title", "standfirst", "programme", "place", "member", "contact"})
"""What an article's translation says anew; all other fields are taken over where it is silent."""

_HEAD: Final[TypeAdapter[Head]] = TypeAdapter(ArticleHead)
_LANGUAGE: Final[TypeAdapter[str]] = TypeAdapter(LanguageTag)
_TEXTS = re.compile(r"issue\.([A-Za-z-]+)\.yaml")
_EMPTY: Final = Mapping((), Place(""))


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
    if language is not None:
        try:
            _LANGUAGE.validate_python(language)
        except ValidationError:
            return Reading(None, (found("E35", None, found=language[:40]),), {}, {})
    return _Reader(folder, workspace, language).read()


def languages_of(folder: Path) -> list[str]:
    """Return the languages an issue is translated into: those of its `issue.<language>.yaml`."""
    matches = (_TEXTS.fullmatch(path.name) for path in folder.glob("issue.*.yaml"))
    return sorted(match[1] for match in matches if match)


@dataclass
class _Reader:
    folder: Path
    workspace: Workspace
    wanted: str | None
    findings: list[Finding] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)

    def read(self) -> Reading:
        plan_fields = self._fields(self.folder, "issue.yaml")
        publication_fields = self._fields(self.workspace.issues, "publication.yaml")
        languages = _languages(publication_fields)
        own = self._own_language(plan_fields, languages)
        language = self.wanted or own
        if language not in languages and self.wanted is not None:
            # Nothing else is to be said: no file is expected in a language that is not made.
            written = publication_fields.get("languages") if publication_fields else None
            place = written.place if written else Place(self._path(self.workspace.root / PUBLICATION))
            self._refuse_language(language, languages, place)
            return self._reading(None)
        plan = self._filled(IssuePlan, plan_fields, own)
        known = language if language in languages else languages[0]
        publication = self._filled(Publication, publication_fields, known)
        plan_places = places_of(plan_fields or _EMPTY)
        publication_places = places_of(publication_fields or _EMPTY, language)
        names = self._article_names(plan_fields)
        listed = bool(names) and _lists_articles(plan_fields)
        if not listed:
            # Where a list cannot be read, the articles still can.
            names = {path.name: Place(self._path(path)) for path in self._originals()} | names
        texts = self._texts(plan, language) if language != own else None
        articles = self._articles(names, None if language == own else language)
        if plan is not None:
            self.findings += plan_findings(plan, self.folder.name, plan_places, names, self.workspace)
            if plan.cover is not None and plan.cover.picture is not None:
                self._check_picture(plan.cover.picture, plan_places["cover.picture"])
        if publication is not None:
            self.findings += publication_findings(publication, publication_places, self.workspace)
            self._check_files_of(publication, publication_places)
            self.findings += funder_findings(publication, articles.values())
        self.findings += link_findings(articles.values(), names)
        if listed:
            self._find_unlisted(names)
        if language == own:
            self._find_untranslated(names)
        issue = None
        if plan is not None and publication is not None and not errors(self.findings):
            issue = Issue(
                folder=self._path(self.folder),
                language=language,
                publication=publication,
                number=plan.number,
                date=plan.date,
                title=(texts or plan).title,
                greeting=(texts or plan).greeting,
                cover=_cover(plan, articles, plan_places, texts),
                cover_article=plan.cover.article if plan.cover else None,
                sections=_sections(plan, texts, articles),
                correction=_correction(plan, texts),
                places=plan_places,
                publication_places=publication_places,
            )
        return self._reading(issue)

    def _reading(self, issue: Issue | None) -> Reading:
        findings = tuple(with_excerpts(in_order(self.findings), self.sources))
        return Reading(issue, findings, self.sources, self.files)

    # languages

    def _own_language(self, plan: Mapping | None, languages: list[str]) -> str:
        """Return the language of issue.yaml, else the publication's first."""
        written = plan.get("language") if plan else None
        if not isinstance(written, Scalar) or not written.text:
            return languages[0]
        if written.text not in languages:
            self._refuse_language(written.text, languages, written.place)
        return written.text

    def _refuse_language(self, language: str, languages: list[str], place: Place) -> None:
        choices, guess = ", ".join(languages), nearest(language, languages)
        self.findings.append(found("E90", place, found=language[:40], choices=choices, guess=guess))

    # files

    def _path(self, path: Path) -> str:
        return path.relative_to(self.workspace.root).as_posix()

    def _file(self, base: Path, name: str, named_at: Place, known: Iterable[str]) -> Path | None:
        """Return a file that is named, or None with the finding that says why not."""
        try:
            path = owned_file(base, name)
        except RefusedNameError as refused:
            others = (other for other in known if other != name)
            guess = nearest(name, others, closeness=0.75) if refused.code == "E01" else ""
            self.guessed.add(guess)
            self.findings.append(found(refused.code, named_at, name=name[:200], guess=guess))
            return None
        self.files[self._path(path)] = path
        return path

    def _source(self, base: Path, name: str, named_at: Place, known: Iterable[str] = ()) -> Source | None:
        path = self._file(base, name, named_at, known)
        if path is None:
            return None
        try:
            data = load(path, LARGEST)
        except OSError as error:
            self.findings.append(found("E89", named_at, name=name, problem=error.strerror or str(error)))
            return None
        source, wrong = read_text(data, self._path(path))
        self.findings += wrong
        if source is not None:
            self.sources[source.path] = source.text
        return source

    def _fields(self, base: Path, name: str) -> Mapping | None:
        source = self._source(base, name, Place(self._path(base / name)))
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

    def _texts(self, plan: IssuePlan | None, language: str) -> IssueTexts | None:
        name = f"issue.{language}.yaml"
        texts = self._filled(IssueTexts, self._fields(self.folder, name), language)
        if texts is not None and plan is not None:
            self.findings += text_findings(plan, texts, Place(self._path(self.folder / name)), language)
        return texts

    # articles

    def _article_names(self, fields: Mapping | None) -> dict[str, Place]:
        """Give the article files that issue.yaml lists, even where the rest of it is wrong."""
        names: dict[str, Place] = {}
        sections = fields.get("sections") if fields else None
        for section in sections.items if isinstance(sections, Sequence) else ():
            listed = section.get("articles") if isinstance(section, Mapping) else None
            for item in listed.items if isinstance(listed, Sequence) else ():
                name = (item.text or "").strip() if isinstance(item, Scalar) else ""
                if name in names:
                    self.findings.append(found("E48", item.place, name=name))
                elif name:
                    names[name] = item.place
        return names

    def _articles(self, names: MappingOf[str, Place], language: str | None) -> dict[str, Article]:
        articles: dict[str, Article] = {}
        for name, place in names.items():
            article = self._article(name, place, [*names], language)
            if article is not None:
                articles[name] = article
        return articles

    def _article(self, name: str, named_at: Place, listed: list[str], language: str | None) -> Article | None:
        written = name if language is None else translated_name(name, language)
        if language is not None and not (self.folder / written).exists():
            self.findings.append(found("E91", named_at, name=name, language=language, wanted=written))
            return None
        known = [path.name for path in self._originals()]
        likely = [other for other in known if other not in listed] or known
        source = self._source(self.folder, written, named_at, () if language else likely)
        if source is None:
            return None
        manuscript = read_manuscript(source)
        self.findings += manuscript.findings
        for picture in nodes_of(Picture, manuscript.body):
            self._check_picture(picture.source, picture.place)
        if manuscript.front is None:
            return None
        front = Source(source.path, manuscript.front)
        fields, wrong = read_yaml(front, manuscript.front_line)
        self.findings += wrong
        if fields is None:
            return None
        place = Place(source.path, manuscript.front_line)
        if language is not None:
            fields = self._with_facts(fields, name, place, language)
        filled = fill(_HEAD, _with_kind(fields))
        head = filled[0]
        self.findings += filled[1]
        if head is None:
            return None
        article = Article(name, head, manuscript.body, manuscript.notes, place, places_of(fields))
        if not errors(manuscript.findings):
            self.findings += article_findings(article)
        return article

    def _with_facts(self, fields: Mapping, name: str, place: Place, language: str) -> Mapping:
        """Take over what a translation need not say again: kind, addresses, amounts, dates."""
        try:
            data = load(owned_file(self.folder, name), LARGEST)
        except (RefusedNameError, OSError):
            return fields  # the issue's own language says what is wrong with it
        source, _ = read_text(data, self._path(self.folder / name))
        front = read_manuscript(source).front if source else None
        own = read_yaml(Source(source.path, front), 2)[0] if source and front is not None else None
        taken = []
        for key, value in own.fields if own else ():
            text = key.text or ""
            if fields.key(text) is not None:
                continue
            if text not in TRANSLATED_FIELDS:
                taken.append((key, value))
            elif text != "title":
                self.findings.append(found("W08", place, name=text, language=language, wanted=f"{text}: …"))
        if source and taken:
            self.sources[source.path] = source.text
            self.files[source.path] = self.folder / name
        return dataclasses.replace(fields, fields=(*fields.fields, *taken))

    # what the files name

    def _check_picture(self, name: str, place: Place) -> None:
        if name and not is_remote(name):
            self._file(self.folder, name, place, self._pictures)

    @functools.cached_property
    def _pictures(self) -> list[str]:
        """The files that may be meant where a picture is not found."""
        return [
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.suffix.lower() not in {".md", ".yaml"} and path.is_file()
        ]

    def _check_files_of(self, publication: Publication, places: Places) -> None:
        named = {
            f"funders.{index}.{name}": getattr(funder, name)
            for index, funder in enumerate(publication.funders)
            for name in ("logo", "logo_cmyk")
        }
        named["press.profile"] = publication.press.profile
        for path, name in named.items():
            if name is not None and name != EU_EMBLEM:
                self._file(self.workspace.issues, name, places[path], [EU_EMBLEM])

    def _originals(self) -> list[Path]:
        """Return the articles in the folder that are not another's translation."""
        paths = {unicodedata.normalize("NFC", path.name): path for path in sorted(self.folder.glob("*.md"))}
        languages = languages_of(self.folder)
        translations = {translated_name(name, tag) for name in paths for tag in languages}
        return [path for name, path in paths.items() if name not in translations]

    def _find_unlisted(self, names: MappingOf[str, Place]) -> None:
        for path in self._originals():
            name = unicodedata.normalize("NFC", path.name)
            if name not in names and path.name not in self.guessed:
                self.findings.append(found("W02", Place(self._path(path)), name=name))

    def _find_untranslated(self, names: MappingOf[str, Place]) -> None:
        for language in languages_of(self.folder):
            for name, place in names.items():
                wanted = translated_name(name, language)
                try:
                    owned_file(self.folder, wanted)
                except RefusedNameError:
                    finding = found("W08", place, name=name, language=language, wanted=wanted)
                    self.findings.append(finding)


def translated_name(name: str, language: str) -> str:
    """Return the file name of an article's translation: `xd-media-hub.en.md`."""
    return f"{name.removesuffix('.md')}.{language}.md"


def _languages(publication: Mapping | None) -> list[str]:
    """Return the publication's languages as far as they can be read, else Bulgarian."""
    written = publication.get("languages") if publication else None
    items = written.items if isinstance(written, Sequence) else ()
    return [item.text for item in items if isinstance(item, Scalar) and item.text] or ["bg"]


def _lists_articles(plan: Mapping | None) -> bool:
    """Tell whether every section of issue.yaml has a list of articles that can be read."""
    sections = plan.get("sections") if plan else None
    items = sections.items if isinstance(sections, Sequence) else ()
    return all(isinstance(item, Mapping) and isinstance(item.get("articles"), Sequence) for item in items)


def _with_kind(fields: Mapping) -> Mapping:
    """Take an article without a kind for a plain one."""
    if fields.key("kind") is not None:
        return fields
    kind = (Scalar("kind", fields.place), Scalar("article", fields.place))
    return dataclasses.replace(fields, fields=(*fields.fields, kind))


def _sections(
    plan: IssuePlan, texts: IssueTexts | None, articles: MappingOf[str, Article]
) -> tuple[Section, ...]:
    shown: tuple[SectionPlan | SectionTexts, ...] = texts.sections if texts else plan.sections
    return tuple(
        Section(number, words.title, words.lead, _of_section(section, articles))
        for number, (section, words) in enumerate(zip(plan.sections, shown, strict=True), 1)
    )


def _correction(plan: IssuePlan, texts: IssueTexts | None) -> Correction | None:
    """Give the correction in the language of the texts; what it mends is the same in all."""
    if plan.correction is None:
        return None
    return Correction(plan.correction.of, (texts.correction or "") if texts else plan.correction.text)


def _of_section(section: SectionPlan, articles: MappingOf[str, Article]) -> tuple[Article, ...]:
    return tuple(articles[name] for name in section.articles)


def _cover(
    plan: IssuePlan, articles: MappingOf[str, Article], places: Places, texts: IssueTexts | None
) -> Picture | None:
    """Give the picture of the first page: its own, or the first of the article it leads to."""
    cover = plan.cover
    if cover is None:
        return None
    if cover.picture is not None:
        words = (texts.cover_alternative if texts else None) or cover.alternative or ""
        place = places["cover.picture"]
        return Picture(cover.picture, words, cover.credit or "", None, Measure.WIDE, None, place)
    leading = articles[cover.article].body if cover.article else ()
    # Another picture than the one in the article: it is printed at a width of its own.
    first = (dataclasses.replace(figure.picture) for figure in nodes_of(Figure, leading))
    return next(first, None)
