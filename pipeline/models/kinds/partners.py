"""The kind `partners`."""

from typing import Literal

from pydantic import Field

from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.kinds.organisation import Organisation
from pipeline.models.kinds.presentation import Body, MailFacts, Presentation


class PartnersHead(CommonHead):
    """The organisations the publisher works with."""

    kind: Literal["partners"]
    organisations: tuple[Organisation, ...] = Field(min_length=1, max_length=200)

    @property
    def presentation(self) -> Presentation:
        """What the outlets show of it."""
        return Presentation(
            card=None,
            organisations=self.organisations,
            mail=MailFacts((), left_out=("organisations",)),
            calendar=None,
            figures=(),
            comparison=None,
            funding=None,
            continuation=None,
            body=Body.OPTIONAL_TEXT,
        )
