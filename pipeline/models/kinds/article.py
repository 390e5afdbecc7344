"""The kind `article`: a plain article."""

from typing import Literal

from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.kinds.presentation import Body, MailFacts, Presentation


class PlainHead(CommonHead):
    """An article without facts of its own."""

    kind: Literal["article"] = "article"

    @property
    def presentation(self) -> Presentation:
        """What the outlets show of it."""
        return Presentation(
            card=None,
            organisations=(),
            mail=MailFacts((), left_out=()),
            calendar=None,
            figures=(),
            comparison=None,
            funding=None,
            continuation=None,
            body=Body.TEXT,
        )
