"""Queries of amounts: the text of a project gives the budget that its facts give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.editor.numbers import sentences
from pipeline.models.values.facts import money_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.editor.queries import QueryContext
    from pipeline.findings.finding import Finding

AMOUNT: Final = re.compile(
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
            for match in AMOUNT.finditer(passage.text, start, end):
                amount = money_in(match[0].replace("\u00a0", " ").strip())
                if amount is None or amount.currency != given[0].currency or amount in given:
                    continue
                from pipeline.typography.localisation import money  # noqa: PLC0415 - slow to import, rarely needed

                facts = ", ".join(money(each, context.issue.language) for each in given)
                yield from context.query(
                    "W414", passage, match.span(), match[0].strip(), found=match[0], given=facts
                )
