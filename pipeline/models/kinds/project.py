"""The kind `project`."""

from typing import Literal

from pipeline.findings.translatable import L_, LL_, N_
from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.kinds.presentation import (
    Body,
    Card,
    Comparison,
    Continuation,
    Count,
    Countries,
    Fact,
    Figure,
    Funding,
    MailFacts,
    Presentation,
    contact,
    facts_given,
    words,
)
from pipeline.models.values.facts import Budget, Partners, Period
from pipeline.models.values.strings import Key, LineToTranslate, WebAddress


class ProjectHead(CommonHead):
    """A project: its facts become its card, the budget table, the timeline and the map."""

    kind: Literal["project"]
    url: WebAddress | None = None
    programme: LineToTranslate | None = None
    funder: Key | None = None
    partners: Partners | None = None
    budget: Budget | None = None
    period: Period | None = None

    @property
    def presentation(self) -> Presentation:
        """What the outlets show of it."""
        facts = self._card_facts()
        return Presentation(
            card=Card(L_("Project"), facts) if facts else None,
            organisations=(),
            mail=MailFacts(
                facts_given(
                    (L_("Programme"), words(self.programme)),
                    (L_("Period"), self.period),
                    (L_("Budget"), self.budget.total if self.budget else None),
                ),
                # The issue shows the funder's logo and statement, in the mail edition too.
                left_out=("url", "funder", "partners", "budget.share"),
            ),
            calendar=None,
            figures=self._figures(),
            comparison=Comparison(self.programme, self.partners, self.budget, self.period),
            funding=Funding(self.programme, self.funder),
            continuation=Continuation(
                self.period.end.last_day if self.period and self.period.end else None,
            ),
            body=Body.TEXT,
        )

    def _card_facts(self) -> tuple[Fact, ...]:
        partners = self.partners or Partners()
        organisations = partners.organisations
        return facts_given(
            (L_("Programme"), words(self.programme)),
            (L_("Partners"), Count(organisations, *_ORGANISATIONS) if organisations else None),
            (L_("Countries"), _countries(partners)),
            (L_("Period"), self.period),
            (L_("Budget"), self.budget),
            (L_("Website"), contact(self.url)),
        )

    def _figures(self) -> tuple[Figure, ...]:
        partners = self.partners or Partners()
        return (
            Figure("programme", N_("programme"), self.programme),
            Figure("total", N_("budget"), self.budget.total if self.budget else None),
            Figure("share", N_("our share"), self.budget.share if self.budget else None),
            Figure("organisations", N_("organisations"), partners.organisations),
            Figure("countries", N_("countries"), partners.countries or None),
            Figure("start", N_("begins"), self.period.start if self.period else None),
            Figure("end", N_("ends"), self.period.end if self.period else None),
        )


_ORGANISATIONS = LL_("{n} organisation", "{n} organisations")
_COUNTRIES = LL_("{n} country", "{n} countries")


def _countries(partners: Partners) -> Countries | Count | None:
    """Return the countries by name where all are named, else how many there are."""
    count = partners.country_count or 0
    if partners.countries and count <= len(partners.countries):
        return Countries(partners.countries)
    return Count(count, *_COUNTRIES) if count else None
