"""The frozen base of every model."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A model that cannot be changed once made and knows no field it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
