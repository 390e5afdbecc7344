"""The kind `member_news`."""

from typing import Literal

from pipeline.findings.translatable import L_
from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.kinds.presentation import (
    Body,
    Card,
    MailFacts,
    Presentation,
    contact,
    facts_given,
    words,
)
from pipeline.models.values.strings import LineToTranslate, WebAddress


class MemberNewsHead(CommonHead):
    """News from a member organisation."""

    kind: Literal["member_news"]
    member: LineToTranslate
    url: WebAddress | None = None

    @property
    def presentation(self) -> Presentation:
        """What the outlets show of it."""
        member = (L_("Member"), words(self.member))
        website = (L_("Website"), contact(self.url))
        return Presentation(
            card=Card(L_("Member news"), facts_given(member, website)),
            organisations=(),
            mail=MailFacts(facts_given(member), left_out=("url",)),
            calendar=None,
            figures=(),
            comparison=None,
            funding=None,
            continuation=None,
            body=Body.TEXT,
        )
