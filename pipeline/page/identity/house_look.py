"""The look of a house: a style of format 2 with the colours and faces that the publication gives."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, IssueError, found
from pipeline.findings.place import Place
from pipeline.findings.suggestions import nearest
from pipeline.models.press_plan import PressPlan
from pipeline.page.identity.colours import TEXT_CONTRAST, contrast
from pipeline.page.identity.faces import CODE, PAIRS, STANDARD, Pair, offered_faces, suited
from pipeline.page.identity.house import HouseLook
from pipeline.page.identity.house_faces import HouseFace, house_face
from pipeline.page.identity.ink_rules import inking_for
from pipeline.page.identity.role_colours import GivenColours, dark_roles, resolved_roles
from pipeline.page.identity.roles import RoleColour
from pipeline.page.pictures.press_conditions import condition_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.models.identity import BrandColour, HouseFaces, Identity
    from pipeline.models.values.colours import Inks
    from pipeline.page.identity.faces import Face
    from pipeline.page.identity.house import House
    from pipeline.page.identity.roles import Token
    from pipeline.page.identity.style_file import StyleSheet

_READ_ON: Final = (
    ("ink", "white"),
    ("ink", "tint"),
    ("ink", "tint-accent"),
    ("grey", "white"),
    ("main-text", "white"),
    ("accent-text", "white"),
    ("on-main", "main"),
    ("on-accent", "accent"),
    ("on-mid", "mid"),
    ("on-mid-accent", "mid-accent"),
    ("on-tint", "tint"),
    ("on-tint-accent", "tint-accent"),
    ("cover-text", "cover-ground"),
    ("band-text", "band-ground"),
)
"""Each role of text with its ground. A style may state roles that cannot be read; all that is derived can."""


def house_look(plan: StyleSheet, house: House, fonts: Sequence[Path]) -> HouseLook:
    """Return the plan of a style of format 2 with the look of a house.

    Args:
        plan: As style.toml has it.
        house: What the publication asks.
        fonts: Folders of faces, the workspace's own first.
    """
    inking = functools.partial(_inks_of, house=house)
    tokens = resolved_roles(plan.stated_roles, _given(house.identity), inking)
    families, faces, findings = _faces(plan, house, fonts)
    return HouseLook(
        plan.model_copy(update={"tokens": tokens, "families": families, "faces": faces}),
        dark_roles(tokens),
        (*_unreadable(tokens, plan), *findings),
        inking,
    )


def _given(identity: Identity) -> GivenColours:
    def given(colour: BrandColour | None) -> RoleColour | None:
        return None if colour is None else RoleColour(srgb=colour.srgb, cmyk=colour.cmyk)

    return GivenColours(given(identity.main), given(identity.accent))


def _inks_of(colour: str, house: House) -> Inks:
    """Return the inks of a colour `#RRGGBB` on a house's paper."""
    try:
        condition = condition_of(house.press, house.issues)
    except IssueError:
        # What is wrong with it is told where the press edition is checked.
        condition = condition_of(PressPlan(), None)
    return inking_for(condition)(colour)


def _unreadable(tokens: Mapping[str, Token], plan: StyleSheet) -> Iterator[Finding]:
    for text, ground in _READ_ON:
        ratio = contrast(tokens[text].srgb, tokens[ground].srgb)
        if ratio < TEXT_CONTRAST:
            place = Place(f"styles/{plan.name}/{plan.version}/style.toml")
            yield found("E446", place, name=text, ground=ground, ratio=f"{ratio:.1f}")


def _faces(
    plan: StyleSheet, house: House, fonts: Sequence[Path]
) -> tuple[dict[str, str], tuple[Face, ...], list[Finding]]:
    """Return the families by role, every face, and what is wrong with those that are asked for."""
    asked, families = house.identity.type, dict[str, str]()
    if asked is None and plan.faces:
        code = offered_faces(CODE)
        families |= {"small": plan.families["head"], "code": code[0].family, **plan.families}
        own_code = "code" in plan.families
        return families, plan.faces if own_code else (*plan.faces, *code), []
    findings: list[Finding] = []
    pair = _pair(asked, house, findings)
    faces: dict[str, Face] = {}
    for role, folder in zip(Pair._fields, suited(pair, house.language), strict=True):
        family = _family(folder, role, house, fonts, findings)
        families[role] = family.family
        faces |= {face.file: face for face in family.faces}
    code = offered_faces(CODE)
    faces |= {face.file: face for face in code}
    return {**families, "code": code[0].family}, tuple(faces.values()), findings


def _pair(asked: HouseFaces | None, house: House, findings: list[Finding]) -> Pair:
    if asked is None:
        return PAIRS[STANDARD]
    if asked.pair is not None:
        if asked.pair not in PAIRS:
            guess = nearest(asked.pair, PAIRS, closeness=0.5)
            choices = ", ".join(PAIRS)
            findings.append(
                found("E26", house.place("type"), found=asked.pair[:80], choices=choices, guess=guess)
            )
        return PAIRS.get(asked.pair, PAIRS[STANDARD])
    text = asked.text or PAIRS[STANDARD].text
    head = asked.head or text
    return Pair(text, head, asked.small or head)


def _family(
    folder: str, role: str, house: House, fonts: Sequence[Path], findings: list[Finding]
) -> HouseFace:
    """Return a family that is offered, or the house's own; the standard one where there is none."""
    offered = offered_faces(folder)
    if offered:
        return HouseFace(offered[0].family, offered, ())
    place = house.places.get(f"identity.type.{role}") or house.place("type")
    own = house_face(folder, fonts, house.language, place)
    findings += (finding for finding in own.findings if finding not in findings)
    if own.faces:
        return own
    otherwise = offered_faces(getattr(PAIRS[STANDARD], role))
    return HouseFace(otherwise[0].family, otherwise, ())
