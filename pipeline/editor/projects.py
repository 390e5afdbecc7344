"""Queries of projects: facts of one project that differ between articles, of this issue or another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.text.source import Source
from pipeline.files.yaml_nodes import Mapping, Scalar
from pipeline.findings.finding import found
from pipeline.models.values.date_notations import date_parts
from pipeline.models.values.facts import PartialDate, money_in
from pipeline.reading.markdown.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.editor.queries import QueryContext
    from pipeline.findings.finding import Finding
    from pipeline.models.kinds.presentation import Comparison
    from pipeline.models.values.facts import Money

_FIELDS: Final = ("budget.total", "budget.share", "period.start", "period.end")


class _StatedFact(NamedTuple):
    """A fact as first stated.

    Args:
        fact: Its value.
        where: Its place, as `file:line`.
    """

    fact: Money | PartialDate
    where: str


def project_queries(context: QueryContext) -> Iterator[Finding]:
    """Query projects with two budgets or two dates (W415)."""
    known: dict[tuple[str, str], _StatedFact] = {}
    for path, text in context.elsewhere.items():
        if "kind: project" in text[:2000]:
            for title, name, stated in _elsewhere(path, text):
                known[title, name] = stated
    for article in context.issue.articles:
        compared = article.head.presentation.comparison
        if compared is None:
            continue
        for name, fact in _facts(compared).items():
            place = article.places.get(name) or article.place
            here = _StatedFact(fact, f"{place.path}:{place.line}")
            other = known.setdefault((_key(article.head.title), name), here)
            if other.fact == fact or _is_part_of(fact, other.fact):
                continue
            language = context.issue.language
            text, other_text = _worded(fact, language), _worded(other.fact, language)
            key = f"{article.head.title}: {' / '.join(sorted((text, other_text)))}".replace("\u00a0", " ")
            if key not in context.house.accepted:
                title = article.head.title
                yield found(
                    "W415", place, found=text, other=other_text, where=other.where, project=title, key=key
                )


def _facts(compared: Comparison) -> dict[str, Money | PartialDate]:
    budget, period = compared.budget, compared.period
    facts = (
        budget.total if budget else None,
        budget.share if budget else None,
        period.start if period else None,
        period.end if period else None,
    )
    return {name: fact for name, fact in zip(_FIELDS, facts, strict=True) if fact is not None}


def _elsewhere(path: str, text: str) -> Iterator[tuple[str, str, _StatedFact]]:
    """Yield the facts of a project of another issue; those that cannot be read are left out."""
    read = read_manuscript(Source(path, text.split("\n---", maxsplit=1)[0] + "\n---\n"))
    fields = read.fields(path).fields
    title = fields.text("title") if fields else ""
    if fields is None or not title:
        return
    for name in _FIELDS:
        holder, _, field = name.partition(".")
        node = fields.get(holder)
        value = node.get(field) if isinstance(node, Mapping) else None
        if isinstance(value, Scalar) and value.text and (fact := _fact(value.text, holder)) is not None:
            yield _key(title), name, _StatedFact(fact, f"{path}:{value.place.line}")


def _fact(text: str, holder: str) -> Money | PartialDate | None:
    if holder == "budget":
        return money_in(text)
    parts = date_parts(text.strip())
    try:
        return PartialDate(year=parts[0], month=parts[1], day=parts[2]) if parts else None
    except ValueError:
        return None


def _is_part_of(fact: Money | PartialDate, other: Money | PartialDate) -> bool:
    """Return whether one of two dates is only less exact than the other."""
    if not isinstance(fact, PartialDate) or not isinstance(other, PartialDate):
        return False
    return not (fact.last_day < other.first_day or other.last_day < fact.first_day)


def _worded(fact: Money | PartialDate, language: str) -> str:
    from pipeline.typography.dates import partial_date  # noqa: PLC0415 - slow to import, rarely needed
    from pipeline.typography.localisation import money  # noqa: PLC0415 - slow to import, rarely needed

    return partial_date(fact, language) if isinstance(fact, PartialDate) else money(fact, language)


def _key(title: str) -> str:
    return " ".join(title.casefold().split())
