"""`style.toml`: the content of a style, in format 1 with tokens of its own, in format 2 with roles."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.suggestions import nearest
from pipeline.models.values.base import Frozen
from pipeline.page.identity.faces import Face
from pipeline.page.identity.roles import BASE, DARK, DERIVED, ROLES, RoleColour, Token

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pydantic_core import ErrorDetails

STYLE_NAME: Final = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
"""The name of a style, which is that of a folder."""

FAMILIES: Final = ("text", "head", "small", "code")
"""What the sheets of format 2 call their families by."""

_MEASURES: Final = frozenset({"text", "wide", "margin", "cover", "cover_height"})
_NEEDED_FAMILIES: Final = frozenset({"text", "head"})
_SITE_NAMES: Final = {"paper", "band", "on-band", "facts", "gap", "measure", "side"}
"""What the site's sheet declares besides; mail knows no variables, so letters have roles alone."""

_JOINED_TABLES: Final = ("roles", "measures", "page")
_SHEETS: Final = ("stylesheets", "letter", "site")
_USE: Final = re.compile(r"var\(\s*--([\w-]+)")
_DECLARATION: Final = re.compile(r"(?<![\w-])--([\w-]+)\s*:")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


SheetName = Annotated[str, Field(pattern=r"^[\w-]+\.css$")]
"""The name of a sheet in a style's folder."""


class PageRhythm(Frozen):
    """Lines on a page, the leading and the distance of the first line's top, both in points."""

    lines: int = Field(ge=10, le=120)
    leading: float = Field(gt=5, lt=40)
    top: float = Field(ge=0, lt=400)


def _reference(value: object) -> object:
    return {"role": value} if isinstance(value, str) else value


def _role_name(value: str) -> str:
    if value not in ROLES:
        raise PydanticCustomError("bulletin_role_name", "no such role: {found}", {"found": value})
    return value


RoleName = Annotated[str, AfterValidator(_role_name)]
"""A name of `ROLES`."""


class StatedRole(Frozen):
    """What a style says of a role: a colour, or the role that it is the same as.

    Args:
        srgb: `#RRGGBB`, for the screen.
        cmyk: Four parts in per cent, for paper; left out, they follow from the printing condition.
        role: The name of another role.
    """

    srgb: str | None = Field(default=None, pattern=r"^#[0-9A-Fa-f]{6}$")
    cmyk: tuple[Annotated[int, Field(ge=0, le=100)], ...] | None = Field(
        default=None, min_length=4, max_length=4
    )
    role: RoleName | None = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> StatedRole:
        if (self.srgb is None) == (self.role is None):
            raise PydanticCustomError("bulletin_role", "a colour or a role", {})
        return self

    @property
    def meaning(self) -> RoleColour | str:
        """The colour, or the name of the other role."""
        if self.srgb is None:
            return str(self.role)
        cyan, magenta, yellow, black = self.cmyk or (0, 0, 0, 0)
        return RoleColour(srgb=self.srgb, cmyk=(cyan, magenta, yellow, black) if self.cmyk else None)


class BaseStyle(Frozen):
    """The style that another one builds on.

    Args:
        name: Its name.
        version: Its version.
    """

    name: str = Field(pattern=STYLE_NAME)
    version: int = Field(ge=1)


class StyleSheet(Frozen):
    """`style.toml`.

    Args:
        builds_on: The style it has everything of that it does not state itself; only in format 2.
        format: 1 where the style has tokens, 2 where it has roles.
        name: The style's name.
        version: Its version; both as its folders are named.
        stylesheets: Its sheets, in the order of the cascade; those of the style it builds on come first.
        letter: Sheets of its own for the letter, likewise; they come after the program's.
        site: Likewise for the site.
        families: The families, by what the sheets call them.
        tokens: The colours, by what the sheets call them; in format 2 they follow from `roles`.
        roles: What the style states of the roles of colours (`identity.roles`).
        measures: Widths in millimetres to which pictures are set.
        page: The rhythm of a page.
        faces: The font files.
        is_made_up: Whether its templates make pages up on a grid (`page.makeup`): weights, slots, covers.
    """

    builds_on: BaseStyle | None = None
    format: int = Field(ge=1, le=2)
    name: str
    version: int
    stylesheets: tuple[SheetName, ...]
    letter: tuple[SheetName, ...] = ()
    site: tuple[SheetName, ...] = ()
    families: dict[str, str] = Field(default={})
    tokens: dict[str, Token] = Field(default={})
    roles: dict[RoleName, Annotated[StatedRole, BeforeValidator(_reference)]] = Field(default={})
    measures: dict[str, float]
    page: PageRhythm
    faces: tuple[Face, ...] = ()
    is_made_up: bool = Field(default=False, alias="made_up")

    @model_validator(mode="after")
    def _is_of_its_format(self) -> StyleSheet:
        if self.takes_identity:
            wrong = "tokens" if self.tokens else "faces" if bool(self.faces) != bool(self.families) else ""
        else:
            missing = [name for name in ("tokens", "families", "faces") if not getattr(self, name)]
            of_later = [name for name in ("builds_on", "roles", "letter", "site") if getattr(self, name)]
            wrong = "".join([*of_later, *missing][:1])
        lacking = sorted(_MEASURES - self.measures.keys())
        if self.families:
            lacking += sorted(_NEEDED_FAMILIES - self.families.keys())
        if wrong or lacking:
            raise PydanticCustomError("bulletin_style", "{field}", {"field": wrong or lacking[0]})
        return self

    @property
    def takes_identity(self) -> bool:
        """Whether a house's colours and faces take the place of the style's own."""
        return self.format > 1

    @property
    def stated_roles(self) -> dict[str, RoleColour | str]:
        """What the style states, by role."""
        return {name: stated.meaning for name, stated in self.roles.items()}


def style_values(text: str, place: Place) -> dict[str, Any] | Finding:
    """Read style.toml as TOML; or return the finding (E71) that it is none."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return found("E71", place, problem=str(error))


def base_of(values: Mapping[str, Any], place: Place) -> BaseStyle | Finding | None:
    """Return the style that a style builds on, None for none, or what is wrong with how it is named (E71)."""
    if "builds_on" not in values:
        return None
    try:
        return BaseStyle.model_validate(values["builds_on"])
    except ValidationError as error:
        where = ".".join(("builds_on", *(str(part) for part in error.errors()[0]["loc"])))
        return found("E71", place, problem=where)


def built_on(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a style with all it does not state taken from the one it builds on.

    Tables are joined field by field, sheets follow those of the base, and all else is replaced. A sheet of a
    name that the base has takes its place.

    Args:
        base: The values of the base, which are valid.
        own: Those of the style, as written.
    """
    values = {**base, **own}
    if "families" in own or "faces" in own:
        values |= {name: own.get(name, {} if name == "families" else []) for name in ("families", "faces")}
    for name in _JOINED_TABLES:
        if isinstance(own.get(name), dict):
            values[name] = {**base.get(name, {}), **own[name]}
    for name in _SHEETS:
        if isinstance(own.get(name), list):
            before = base.get(name, [])
            values[name] = [*before, *(each for each in own[name] if each not in before)]
    return values


def style_of(values: Mapping[str, Any], text: str, place: Place) -> StyleSheet | list[Finding]:
    """Return the content of style.toml.

    Args:
        values: What it says, with all it has of the style it builds on.
        text: Its text, for places.
        place: The file.

    Returns:
        Its content, or what is wrong with it: E444 and E445 for its roles, E71 for all else.
    """
    try:
        plan = StyleSheet.model_validate(values)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        return list(dict.fromkeys(_refusal(detail, text, place) for detail in details))
    return list(_circles(plan, text, place)) or plan


def sheet_findings(
    sheets: Mapping[str, str], plan: StyleSheet, paths: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield an E444 for each name that a sheet of format 2 uses and nobody declares.

    The engine would leave the declaration out without a word.

    Args:
        sheets: The text of each sheet, by file name.
        plan: The style.
        paths: Where each sheet lies in a workspace, by file name.
    """
    if not plan.takes_identity:
        return
    plain = {
        name: _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        for name, text in sheets.items()
    }
    own = {name for text in plain.values() for name in _DECLARATION.findall(text)}
    for sheet, text in plain.items():
        known = {*ROLES, *DARK}
        if sheet not in plan.letter:
            known |= {*FAMILIES, *own}
        if sheet in plan.site:
            known |= _SITE_NAMES
        for use in _USE.finditer(text):
            if use[1] not in known:
                line = text.count("\n", 0, use.start(1)) + 1
                column = use.start(1) - text.rfind("\n", 0, use.start(1))
                yield _unknown_role(use[1], Place(paths[sheet], line, column, len(use[1])), known)


def _refusal(detail: ErrorDetails, text: str, place: Place) -> Finding:
    loc = [str(part) for part in detail["loc"]]
    name = loc[1] if loc[:1] == ["roles"] and len(loc) > 1 else ""
    if not name:
        context: dict[str, Any] = dict(detail.get("ctx") or {})
        return found("E71", place, problem=".".join(loc) or context.get("field", detail["type"]))
    at = _place_of_role(name, text, place)
    if detail["type"] == "bulletin_role_name":
        return _unknown_role(name if loc[-1] == "[key]" else str(detail["input"]), at, ROLES)
    return found("E445", at, name=name, part=loc[2] if len(loc) > 2 else name)  # noqa: PLR2004 - roles, name, field


def _circles(plan: StyleSheet, text: str, place: Place) -> Iterator[Finding]:
    stated = plan.stated_roles
    for name in stated:
        seen = [name]
        while isinstance(following := stated.get(seen[-1]), str):
            if following in seen:
                yield found("E445", _place_of_role(name, text, place), name=name, part=following)
                break
            seen.append(following)


def _unknown_role(name: str, place: Place, known: Collection[str]) -> Finding:
    choices = [role for role in (*BASE, *DERIVED, *DARK) if role in known]
    return found(
        "E444",
        place,
        found=name[:80],
        choices=", ".join(choices),
        guess=nearest(name, choices, closeness=0.6),
    )


def _place_of_role(name: str, text: str, place: Place) -> Place:
    """Return where a role stands in style.toml; the file itself where it is not found."""
    written = re.search(
        rf"^[ \t]*[\"']?({re.escape(name)})[\"']?[ \t]*=", text[max(text.find("[roles]"), 0) :], re.MULTILINE
    )
    if written is None:
        return place
    start = max(text.find("[roles]"), 0) + written.start(1)
    return Place(place.path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), len(name))
