"""The kinds of article as one type: what front matter is read into, by its field `kind`."""

from __future__ import annotations

from typing import Annotated, Final, get_args

from pydantic import Field

from pipeline.models.kinds.article import PlainHead
from pipeline.models.kinds.event import EventHead
from pipeline.models.kinds.gallery import GalleryHead
from pipeline.models.kinds.member_news import MemberNewsHead
from pipeline.models.kinds.notice import NoticeHead
from pipeline.models.kinds.partners import PartnersHead
from pipeline.models.kinds.project import ProjectHead
from pipeline.models.values.base import ToTranslate, fields_marked

Head = PlainHead | ProjectHead | EventHead | NoticeHead | MemberNewsHead | GalleryHead | PartnersHead

ArticleHead = Annotated[Head, Field(discriminator="kind")]

FIELDS_TO_TRANSLATE: Final = frozenset(
    name for kind in get_args(Head) for name in fields_marked(kind, ToTranslate)
)
"""The fields, of whichever kind, that the translation of an article gives anew."""
