"""The roles of colours that a specimen shows, and what an officer calls each."""

from __future__ import annotations

from typing import Final

from pipeline.findings.translatable import N_

ROLE_NAMES: Final = {
    "main": N_("main colour"),
    "accent": N_("second colour"),
    "mid": N_("main colour, middling"),
    "mid-accent": N_("second colour, middling"),
    "tint": N_("main colour, pale"),
    "tint-accent": N_("second colour, pale"),
    "cover-ground": N_("cover"),
    "band-ground": N_("bands"),
    "ink": N_("text"),
    "grey": N_("grey text"),
    "main-text": N_("text, main colour"),
    "accent-text": N_("text, second colour"),
    "main-small": N_("small text, main colour"),
    "accent-small": N_("small text, second colour"),
}
"""By role."""
