"""The frozen base of every model, and the mark of a field that typography sets."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A model that cannot be changed once made and knows no field it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Typeset:
    """Marks a text field that typography sets and whose glyphs the fonts must have."""
