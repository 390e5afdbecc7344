"""The colours of a house that have an ink of their own on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings.translatable import N_
from pipeline.page.identity.roles import SOLID_BLACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.models.press_plan import PressPlan
    from pipeline.models.values.colours import Inks
    from pipeline.page.identity.roles import Token


def spot_colours(plan: PressPlan, tokens: Mapping[str, Token]) -> Iterator[tuple[str, Inks]]:
    """Yield the name of each ink that is mixed, and the four that stand for it, in per cent.

    Args:
        plan: The field “press” of publication.yaml.
        tokens: The colours of the style, as the house has them.
    """
    for role, name in plan.spot.by_role.items() if plan.spot else ():
        token = tokens.get(role)
        if token is not None:
            yield name, token.cmyk


def unfit_spots(plan: PressPlan, tokens: Mapping[str, Token]) -> Iterator[tuple[str, str]]:
    """Yield each role whose colour cannot be told from others on paper, and why.

    Args:
        plan: The field “press” of publication.yaml.
        tokens: The colours of the style, as the house has them.
    """
    if plan.spot is None:
        return
    seen: set[Inks] = set()
    for role in plan.spot.by_role:
        token = tokens.get(role)
        if token is None:
            yield role, N_("the style has no such colour")
        elif token.cmyk == SOLID_BLACK or not any(token.cmyk):
            yield role, N_("it is printed in black alone, as the text is, or not at all")
        elif token.cmyk in seen:
            yield role, N_("both colours are printed in the same inks")
        else:
            seen.add(token.cmyk)
