"""The kind `partners`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.values.base import Frozen
from pipeline.models.values.codes import CountryCode
from pipeline.models.values.strings import WebAddress, WrittenLine


class Organisation(Frozen):
    """A partner organisation."""

    name: WrittenLine
    country: CountryCode | None = None
    url: WebAddress | None = None


class PartnersHead(CommonHead):
    """The organisations the publisher works with."""

    kind: Literal["partners"]
    organisations: tuple[Organisation, ...] = Field(min_length=1, max_length=200)
