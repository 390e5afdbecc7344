"""Checks across the files of an issue: what one of them names must exist in another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.files.style_folders import style_folder, style_names
from pipeline.files.workspace import number_of
from pipeline.findings.finding import Finding, found
from pipeline.findings.suggestions import nearest
from pipeline.findings.translatable import N_
from pipeline.models.issue import composed
from pipeline.models.kinds.presentation import Body, Contact
from pipeline.models.text import Consent, Figure, Link
from pipeline.models.tree import nodes_of
from pipeline.models.values.strings import is_email_address, is_web_address
from pipeline.reading.look_alikes import deceiving_part, read_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.files.workspace import Workspace
    from pipeline.findings.place import Place
    from pipeline.models.issue import Article, CoverPlan, IssuePlan, IssueTexts, Places
    from pipeline.models.publication import Publication

_CONTACTS: Final = ("registration",)
"""Fields that hold a way to reach somebody."""

_BARE_HOST: Final = re.compile(r"(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?:[/?#]\S*)?")

FEWEST_PICTURES = 2
MOST_PICTURES = 12
"""Pictures in a gallery."""


def plan_findings(
    plan: IssuePlan, folder: str, places: Places, listed: Iterable[str], workspace: Workspace
) -> Iterator[Finding]:
    """Check issue.yaml against its folder and the other issues (E06, E07, E13, E50)."""
    date = plan.date.isoformat()
    if folder != date:
        yield found("E06", places["date"], folder=folder, date=date)
    for other in workspace.issue_folders():
        if other.name in {folder, date} or other.name[:4] != date[:4]:
            continue
        if number_of(other) == str(plan.number):
            yield found("E07", places["number"], number=plan.number, year=plan.date.year, other=other.name)
    if plan.cover is not None:
        yield from _cover_findings(plan.cover, places, listed)


def _cover_findings(cover: CoverPlan, places: Places, listed: Iterable[str]) -> Iterator[Finding]:
    if cover.article is not None and cover.article not in listed:
        guess = nearest(cover.article, listed)
        yield found("E50", places["cover.article"], target=cover.article, guess=guess)
    if cover.consent is Consent.NO:
        yield found("E57", places["cover.consent"])
    if cover.picture is not None:
        for name in ("alternative", "credit"):
            if getattr(cover, name) is None:
                yield found("E13", places["cover.picture"], name=name)


def publication_findings(publication: Publication, places: Places, workspace: Workspace) -> Iterator[Finding]:
    """Check publication.yaml against itself and the styles (E36, E38)."""
    keys: set[str] = set()
    for index, funder in enumerate(publication.funders):
        if funder.key in keys:
            yield found("E38", places[f"funders.{index}.key"], found=funder.key)
        keys.add(funder.key)
    style = publication.style
    folders = workspace.style_folders()
    if style_folder(style.name, style.version, folders) is None:
        wanted = f"{style.name} {style.version}"
        yield found("E36", places["style.name"], found=wanted, choices=", ".join(style_names(folders)))


def article_findings(article: Article) -> Iterator[Finding]:
    """Check an article against its kind (E45, E46), and that its ways to reach somebody lead there (W173)."""
    pictures = sum(1 for _ in nodes_of(Figure, article.body))
    body = article.head.presentation.body
    if body is Body.GALLERY:
        if not FEWEST_PICTURES <= pictures <= MOST_PICTURES:
            yield found("E46", article.place, count=pictures)
    elif body is Body.TEXT and not article.body:
        yield found("E45", article.place)
    card = article.head.presentation.card
    for fact in card.facts if card else ():
        # Only the type of a way to reach somebody takes an address without a scheme.
        if isinstance(fact.value, Contact) and _BARE_HOST.fullmatch(text := fact.value.text):
            place = next(
                (article.places[name] for name in _CONTACTS if name in article.places), article.place
            )
            yield found("W173", place, found=text[:80], wanted=f"https://{text}")


def funder_findings(publication: Publication, articles: Iterable[Article]) -> Iterator[Finding]:
    """Check the articles against the funders of publication.yaml (E34, W01)."""
    keys = [funder.key for funder in publication.funders]
    choices = ", ".join(keys) or N_("none so far")
    for article in articles:
        funding = article.head.presentation.funding
        if funding is None:
            continue
        if funding.funder is not None and funding.funder not in keys:
            guess = nearest(funding.funder, keys)
            place = article.places["funder"]
            yield found("E34", place, found=funding.funder, choices=choices, guess=guess)
        elif funding.programme is not None and funding.funder is None:
            yield found("W01", article.places["programme"], choices=choices)


def link_findings(articles: Iterable[Article], listed: Iterable[str]) -> Iterator[Finding]:
    """Find links that lead nowhere (E50), and those that lead elsewhere than they look (W177)."""
    known = list(listed)
    for article in articles:
        if (url := getattr(article.head, "url", None)) and (odd := deceiving_part(str(url))):
            place = article.places.get("url", article.place)
            yield found("W177", place, found=odd[:80], wanted=read_as(odd)[:80])
        for link in nodes_of(Link, (article.body, article.notes)):
            target = link.target
            if odd := deceiving_part(target):
                yield found("W177", link.place, found=odd[:80], wanted=read_as(odd)[:80])
            if composed(target) in known or is_web_address(target):
                continue
            scheme, _, rest = target.partition(":")
            if scheme.casefold() == "mailto" and is_email_address(rest.partition("?")[0]):
                continue
            yield found("E50", link.place, target=target[:80], guess=_meant(target, known))


def _meant(target: str, articles: Iterable[str]) -> str:
    whole = f"https://{target}"
    if target.startswith("www.") and is_web_address(whole):
        return whole
    if is_email_address(target):
        return f"mailto:{target}"
    return nearest(target, articles)


def text_findings(plan: IssuePlan, texts: IssueTexts, place: Place, language: str) -> Iterator[Finding]:
    """Check the texts of another language against issue.yaml (E88, W08)."""
    if len(texts.sections) != len(plan.sections):
        yield found("E88", place, count=len(texts.sections), wanted=len(plan.sections))
        return
    untranslated = []
    if plan.greeting is not None and texts.greeting is None:
        untranslated.append(("greeting", "greeting"))
    if plan.cover is not None and plan.cover.picture is not None and texts.cover_alternative is None:
        untranslated.append(("cover.alternative", "cover_alternative"))
    if plan.correction is not None and texts.correction is None:
        untranslated.append(("correction.text", "correction"))
    for number, (original, translated) in enumerate(zip(plan.sections, texts.sections, strict=True), 1):
        if original.lead is not None and translated.lead is None:
            untranslated.append((f"sections.{number}.lead", "lead"))
    for name, wanted in untranslated:
        yield found("W08", place, name=name, language=language, wanted=f"{wanted}: …")
