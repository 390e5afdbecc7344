"""Reads the folder of an issue into an `Issue`, with the findings of all its files at once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import TypeAdapter, ValidationError

from pipeline.files.style_folders import style_names
from pipeline.files.workspace import PUBLICATION
from pipeline.files.yaml_nodes import NO_FIELDS, Mapping, Scalar
from pipeline.files.yaml_nodes import Sequence as Items
from pipeline.findings.finding import ASKED_OF_NEW_SOURCES, Finding, errors, found, in_order, with_excerpts
from pipeline.findings.place import Place
from pipeline.findings.suggestions import nearest
from pipeline.models.issue import Article, Correction, Issue, IssuePlan, IssueTexts, Section, composed
from pipeline.models.publication import Publication
from pipeline.models.text import Figure, Measure, Picture
from pipeline.models.tree import nodes_of
from pipeline.models.values.strings import LanguageTag
from pipeline.reading.article_reader import read_articles
from pipeline.reading.cross_checks import (
    funder_findings,
    link_findings,
    plan_findings,
    publication_findings,
    text_findings,
)
from pipeline.reading.fillers import read_fillers
from pipeline.reading.issue_files import IssueFiles
from pipeline.reading.publication import languages_in
from pipeline.reading.stand_ins import readable_plan, readable_publication
from pipeline.reading.translations import originals_in
from pipeline.reading.validation import places_of

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.files.workspace import Workspace
    from pipeline.models.issue import Places, SectionPlan, SectionTexts

_LANGUAGE: Final[TypeAdapter[str]] = TypeAdapter(LanguageTag)

_ANY_DATE: Final = "2000-01-01"


class Reading(NamedTuple):
    """The result of reading an issue.

    Args:
        issue: The issue, or None where there are errors.
        readable: The issue as far as it can be read, for further checks alone: what is wrong is left out of
            it, or a stand-in takes its place. None where no file of an issue was read.
        filed: The issue also where its only errors are such as are not asked of what was filed.
        findings: All findings, in order, with excerpts.
        sources: The text of each file, by path.
        files: Every file of the issue, pictures too, by path relative to the workspace.
    """

    issue: Issue | None
    readable: Issue | None
    filed: Issue | None
    findings: tuple[Finding, ...]
    sources: MappingOf[str, str]
    files: MappingOf[str, Path]

    def file(self, name: str) -> Path | None:
        """Return a file of the issue by its path relative to the workspace, or None where it was not found.

        It may be written in other ways than the file system has it: with decomposed letters, or as `./name`.
        """
        plain = PurePosixPath(name).as_posix()
        if plain in self.files:
            return self.files[plain]
        wanted = composed(plain)
        return next((path for other, path in self.files.items() if composed(other) == wanted), None)


def read_issue(folder: Path, workspace: Workspace, language: str | None = None) -> Reading:
    """Read an issue.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        language: The language wanted; None for the issue's own.

    Returns:
        The issue, where there are no errors, and all findings: an error in one file hides none in another.
    """
    if language is not None:
        try:
            _LANGUAGE.validate_python(language)
        except ValidationError:
            return Reading(None, None, None, (found("E35", None, found=language[:40]),), {}, {})
    return _IssueReader(folder, workspace, language).read()


class _IssueReader:
    """Reads an issue in one language.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        language: The language wanted; None for the issue's own.
    """

    def __init__(self, folder: Path, workspace: Workspace, language: str | None) -> None:
        self._files = IssueFiles(folder, workspace)
        self._requested = language

    def read(self) -> Reading:
        files = self._files
        plan_fields = files.fields(files.folder, "issue.yaml")
        publication_fields = files.fields(files.workspace.issues, "publication.yaml")
        languages = languages_in(publication_fields)
        own = self._own_language(plan_fields, languages)
        language = self._requested or own
        if language not in languages and self._requested is not None:
            # Nothing else is reported: no file is expected in a language that the publication does not have.
            written = publication_fields.get("languages") if publication_fields else None
            place = written.place if written else Place(files.shown(files.workspace.root / PUBLICATION))
            self._refuse_language(language, languages, place)
            return self._reading(None)
        known = language if language in languages else languages[0]
        plan = files.filled(IssuePlan, plan_fields, own)
        publication = files.filled(Publication, publication_fields, known)
        publication_places = places_of(publication_fields or NO_FIELDS, language)
        names, all_listed = self._article_names(plan_fields)
        texts = self._texts(plan, language) if language != own else None
        articles = read_articles(files, names, None if language == own else language)
        plan_places = places_of(plan_fields or NO_FIELDS)
        if plan is not None:
            self._check_plan(plan, plan_places, names)
        if publication is not None:
            self._check_publication(publication, publication_places, articles.whole)
        foreign = None if known == languages[0] else known
        named = publication.fillers if publication is not None else ()
        fillers = read_fillers(files, named, publication_places, foreign)
        files.findings += link_findings((*articles.readable.values(), *fillers), names)
        if all_listed:
            files.find_unlisted(names)
        if language == own:
            files.find_untranslated(names)
        is_whole = plan is not None and publication is not None
        plan = plan or readable_plan(plan_fields, self._date_of_folder())
        issue = Issue(
            folder=files.shown(files.folder),
            language=language,
            publication=publication or readable_publication(publication_fields, known, self._any_style()),
            number=plan.number,
            date=plan.date,
            title=(texts or plan).title,
            greeting=(texts or plan).greeting,
            cover=_cover(plan, articles.readable, plan_places, texts),
            cover_article=plan.cover.article if plan.cover else None,
            sections=_sections(plan, texts, articles.readable),
            correction=_correction(plan, texts),
            fillers=fillers,
            places=plan_places,
            publication_places=publication_places,
        )
        return self._reading(issue, is_whole=is_whole)

    def _reading(self, readable: Issue | None, *, is_whole: bool = False) -> Reading:
        files = self._files
        wrong = {each.code for each in errors(files.findings)}
        issue = readable if is_whole and not wrong else None
        filed = readable if is_whole and wrong <= ASKED_OF_NEW_SOURCES else None
        findings = tuple(with_excerpts(in_order(files.findings), files.sources))
        return Reading(issue, readable, filed, findings, files.sources, files.files)

    def _date_of_folder(self) -> str:
        """Return the date that the issue's folder is named by, or any where it is named otherwise."""
        try:
            return dt.date.fromisoformat(self._files.folder.name).isoformat()
        except ValueError:
            return _ANY_DATE

    def _any_style(self) -> dict[str, str]:
        """Return name and version of the last style there is."""
        names = style_names(self._files.workspace.style_folders())
        name, _, version = (names or ["none 1"])[-1].rpartition(" ")
        return {"name": name, "version": version}

    # languages

    def _own_language(self, plan: Mapping | None, languages: Sequence[str]) -> str:
        """Return the language of issue.yaml, else the publication's first."""
        written = plan.get("language") if plan else None
        if not isinstance(written, Scalar) or not written.text:
            return languages[0]
        if written.text not in languages:
            self._refuse_language(written.text, languages, written.place)
        return written.text

    def _refuse_language(self, language: str, languages: Sequence[str], place: Place) -> None:
        choices, guess = ", ".join(languages), nearest(language, languages)
        finding = found("E90", place, found=language[:40], choices=choices, guess=guess)
        self._files.findings.append(finding)

    # the contents of issue.yaml

    def _article_names(self, plan: Mapping | None) -> tuple[dict[str, Place], bool]:
        """Return the names of the articles with the place of each, and whether issue.yaml lists them all.

        They are read even where the rest of issue.yaml is wrong; where its lists cannot be read, the articles
        in the folder are added.
        """
        names: dict[str, Place] = {}
        sections = plan.items("sections") if plan else ()
        lists = [section.get("articles") if isinstance(section, Mapping) else None for section in sections]
        for listed in lists:
            for item in listed.items if isinstance(listed, Items) else ():
                name = composed((item.text or "").strip()) if isinstance(item, Scalar) else ""
                if name in names:
                    self._files.findings.append(found("E48", item.place, name=name))
                elif name:
                    names[name] = item.place
        if names and all(isinstance(listed, Items) for listed in lists):
            return names, True
        in_folder = originals_in(self._files.folder).values()
        return {composed(path.name): Place(self._files.shown(path)) for path in in_folder} | names, False

    def _texts(self, plan: IssuePlan | None, language: str) -> IssueTexts | None:
        files = self._files
        name = f"issue.{language}.yaml"
        texts = files.filled(IssueTexts, files.fields(files.folder, name), language)
        if texts is not None and plan is not None:
            files.findings += text_findings(plan, texts, Place(files.shown(files.folder / name)), language)
        return texts

    def _check_plan(self, plan: IssuePlan, places: Places, names: MappingOf[str, Place]) -> None:
        files = self._files
        folder, workspace = files.folder.name, files.workspace
        files.findings += plan_findings(plan, folder, places, listed=names, workspace=workspace)
        if plan.cover is not None and plan.cover.picture is not None:
            files.check_picture(plan.cover.picture, places["cover.picture"])

    def _check_publication(
        self, publication: Publication, places: Places, articles: MappingOf[str, Article]
    ) -> None:
        files = self._files
        files.findings += publication_findings(publication, places, files.workspace)
        files.check_files_of(publication, places)
        files.findings += funder_findings(publication, articles.values())


def _sections(
    plan: IssuePlan, texts: IssueTexts | None, articles: MappingOf[str, Article]
) -> tuple[Section, ...]:
    """Return the sections with those of their articles that were read, and the others in one of their own."""
    shown: tuple[SectionPlan | SectionTexts, ...] = plan.sections
    if texts is not None and len(texts.sections) == len(plan.sections):
        shown = texts.sections
    sections = []
    left = dict(articles)
    for number, (section, words) in enumerate(zip(plan.sections, shown, strict=True), 1):
        own = tuple(left.pop(name) for name in section.articles if name in left)
        # What a lead says of its articles is not held against a part of them.
        lead = words.lead if len(own) == len(section.articles) else None
        sections.append(Section(number, words.title, lead, own, section.order))
    if left:
        sections.append(Section(len(sections) + 1, "–", None, tuple(left.values())))
    return tuple(section for section in sections if section.articles)


def _correction(plan: IssuePlan, texts: IssueTexts | None) -> Correction | None:
    """Return the correction in the language of the texts; the filing it corrects is the same in all."""
    if plan.correction is None:
        return None
    return Correction(plan.correction.of, (texts.correction or "") if texts else plan.correction.text)


def _cover(
    plan: IssuePlan, articles: MappingOf[str, Article], places: Places, texts: IssueTexts | None
) -> Picture | None:
    """Return the picture of the first page: its own, or the first of the article it leads to."""
    cover = plan.cover
    if cover is None:
        return None
    if cover.picture is not None:
        words = (texts.cover_alternative if texts else None) or cover.alternative or ""
        place = places["cover.picture"]
        return Picture(
            cover.picture,
            alternative=words,
            credit=cover.credit or "",
            caption=None,
            measure=Measure.WIDE,
            consent=cover.consent,
            place=place,
        )
    article = articles.get(cover.article or "")
    leading = article.body if article else ()
    # A copy, for pictures are told apart by identity: the cover prints it at another width.
    first = (dataclasses.replace(figure.picture) for figure in nodes_of(Figure, leading))
    return next(first, None)
