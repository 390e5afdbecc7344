"""What a publication asks of its style, and the style's plan with the look of that house."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.models.identity import Identity
from pipeline.models.press_plan import PressPlan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.page.identity.roles import Inking
    from pipeline.page.identity.style_file import StyleSheet

_PUBLICATION: Final = Place("issues/publication.yaml")


class House(NamedTuple):
    """What a publication asks of its style.

    Args:
        identity: Its own colours and faces.
        language: The language of the issue.
        press: The printing condition, for the inks of colours that have none stated.
        issues: The folder of the print shop's profile, or None.
        places: Where the fields of publication.yaml were written.
    """

    identity: Identity = Identity()
    language: str = ""
    press: PressPlan = PressPlan()
    issues: Path | None = None
    places: Mapping[str, Place] = MappingProxyType({})

    def place(self, field: str) -> Place:
        """Return where a field of the identity was written."""
        return self.places.get(f"identity.{field}") or self.places.get("identity") or _PUBLICATION


class HouseLook(NamedTuple):
    """A style's plan with the look of a house.

    Args:
        plan: With all tokens, families and faces.
        dark: The colours of dark mode, by role; none in format 1.
        findings: What is wrong with what is asked, and what the style cannot do of it.
        inking: Returns the inks of any colour on the house's paper; None in format 1.
    """

    plan: StyleSheet
    dark: Mapping[str, str]
    findings: tuple[Finding, ...]
    inking: Inking | None = None


def unchanged_look(plan: StyleSheet, house: House) -> HouseLook:
    """Return the plan of a style of format 1, which has colours and faces of its own, as it is."""
    asked = house.identity != Identity()
    ignored = [found("W442", house.place(""), name=f"{plan.name} {plan.version}")] if asked else []
    return HouseLook(plan, MappingProxyType({}), tuple(ignored))
