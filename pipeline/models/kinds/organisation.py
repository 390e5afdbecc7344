"""An organisation, as a table of them lists it."""

from __future__ import annotations

from pipeline.models.values.base import Frozen
from pipeline.models.values.codes import CountryCode
from pipeline.models.values.strings import WebAddress, WrittenLine


class Organisation(Frozen):
    """A partner organisation."""

    name: WrittenLine
    country: CountryCode | None = None
    url: WebAddress | None = None
