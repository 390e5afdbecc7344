"""The kinds of article as one type: what front matter is read into, by its field `kind`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pipeline.models.kinds.article import PlainHead
from pipeline.models.kinds.event import EventHead
from pipeline.models.kinds.gallery import GalleryHead
from pipeline.models.kinds.member_news import MemberNewsHead
from pipeline.models.kinds.notice import NoticeHead
from pipeline.models.kinds.partners import PartnersHead
from pipeline.models.kinds.project import ProjectHead

Head = PlainHead | ProjectHead | EventHead | NoticeHead | MemberNewsHead | GalleryHead | PartnersHead

ArticleHead = Annotated[Head, Field(discriminator="kind")]
