"""Queries of facts: the text of a project gives the budget that its facts give, and days are yet to come."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from pipeline.editor.numbers import in_words, sentences
from pipeline.findings.finding import found
from pipeline.findings.translatable import L_
from pipeline.models.values.facts import money_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.editor.queries import QueryContext
    from pipeline.findings.finding import Finding
    from pipeline.models.issue import Article

AMOUNT: Final = (
    r"(?<![\w.,])\d[\d\u00a0 .,]*\d?[\u00a0 ]*"
    r"(?:(?:хил\.|млн\.|млрд\.|хиляди|милиона?|thousand|million)[\u00a0 ]*)?"
    r"(?:евро|лв\.|лева|EUR|BGN|USD)(?!\w)|€\d[\d.,]*(?:[\u00a0 ](?:thousand|million))?"
)
_OF_BUDGETS: Final = re.compile(r"бюджет|budget", re.IGNORECASE)


def budget_queries(context: QueryContext) -> Iterator[Finding]:
    """Query texts that give a project another budget than its facts (W414)."""
    for passage in context.passages:
        if not _OF_BUDGETS.search(passage.text):
            continue
        compared = passage.article.head.presentation.comparison if passage.article else None
        if compared is None or compared.budget is None:
            continue
        budget = compared.budget
        given = [amount for amount in (budget.total, budget.share) if amount is not None]
        for start, end in sentences(passage.text):
            if not _OF_BUDGETS.search(passage.text, start, end):
                continue
            for match in re.compile(AMOUNT).finditer(passage.text, start, end):
                amount = money_in(match[0].replace("\u00a0", " ").strip())
                if amount is None or amount.currency != given[0].currency or amount in given:
                    continue
                from pipeline.typography.localisation import money  # noqa: PLC0415 - slow to import, rarely needed

                facts = ", ".join(money(each, context.issue.language) for each in given)
                yield from context.query(
                    "W414", passage, match.span(), match[0].strip(), found=match[0], given=facts
                )


def day_queries(context: QueryContext) -> Iterator[Finding]:
    """Query what was over when the issue came out (W416), and deadlines after their event (W417)."""
    for article in context.issue.articles:
        entry = article.head.presentation.calendar
        end = (entry.end or entry.start).date if entry is not None else None
        deadline = _deadline(article)
        if end is not None and end < context.issue.date:
            yield from _day_query(
                "W416", article, "end" if "end" in article.places else "start", end, context
            )
        elif deadline is not None and deadline < context.issue.date:
            yield from _day_query("W416", article, "deadline", deadline, context)
        elif deadline is not None and end is not None and deadline > end:
            yield from _day_query("W417", article, "deadline", deadline, context, end=in_words(end, context))


def _deadline(article: Article) -> dt.date | None:
    card = article.head.presentation.card
    for fact in card.facts if card is not None else ():
        if fact.label == L_("Deadline") and isinstance(fact.value, dt.date):
            return fact.value
    return None


def _day_query(
    code: str, article: Article, field: str, day: dt.date, context: QueryContext, *, end: str = ""
) -> Iterator[Finding]:
    place = article.places.get(field, article.place)
    key = f"{place.path.rpartition('/')[2]} – {day.isoformat()}"
    if key not in context.house.accepted:
        yield found(code, place, key=key, date=in_words(day, context), end=end)
