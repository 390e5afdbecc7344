"""The kind `notice`."""

from typing import Literal

from pipeline.findings.translatable import L_
from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.kinds.presentation import Body, Card, MailFacts, Presentation, contact, facts_given
from pipeline.models.values.facts import WrittenDate
from pipeline.models.values.strings import LineToTranslate


class NoticeHead(CommonHead):
    """A short announcement, with a last day and someone to ask."""

    kind: Literal["notice"]
    deadline: WrittenDate | None = None
    contact: LineToTranslate | None = None

    @property
    def presentation(self) -> Presentation:
        """What the outlets show of it."""
        facts = facts_given(
            (L_("Deadline"), self.deadline),
            (L_("Contact"), contact(self.contact)),
        )
        return Presentation(
            card=Card(L_("Notice"), facts),
            organisations=(),
            mail=MailFacts(facts, left_out=()),
            calendar=None,
            figures=(),
            comparison=None,
            funding=None,
            continuation=None,
            body=Body.OPTIONAL_TEXT,
        )
