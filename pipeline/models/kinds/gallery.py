"""The kind `gallery`."""

from typing import Literal

from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.kinds.presentation import Body, MailFacts, Presentation


class GalleryHead(CommonHead):
    """Two to twelve pictures, which stand in the body."""

    kind: Literal["gallery"]

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
            body=Body.GALLERY,
        )
