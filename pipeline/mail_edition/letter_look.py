"""The colours and faces of the letter, by day and in dark mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.page.identity.faces import is_serif

if TYPE_CHECKING:
    from pipeline.page.style import Style

_SERIFS: Final = "Georgia, 'Times New Roman', serif"
_SANS: Final = "'Segoe UI', Roboto, Arial, sans-serif"
"""Faces of the machine, for the reader has those of the pages only where they are installed."""


class DarkColours(NamedTuple):
    """The colours in dark mode.

    Args:
        ground: Of the letter.
        text: Of running text.
        grey: Of small text.
        head: Of heads and links.
        line: Of thin lines.
        mended: Of what corrects an earlier issue.
        band: The ground of masthead and button; nothing where they stay as they are.
        on_band: Text on it.
    """

    ground: str
    text: str
    grey: str
    head: str
    line: str
    mended: str
    band: str
    on_band: str


class LetterLook(NamedTuple):
    """Colours and faces of a letter.

    Args:
        white: The ground.
        ink: Running text.
        grey: Small text.
        band: The ground of the masthead.
        on_band: Text on it.
        fill: The ground of the button.
        on_fill: Text on it.
        rule: Rules of two pixels and more.
        head: Heads and links.
        line: Thin lines.
        mended: What corrects an earlier issue.
        text_faces: The faces of running text, as a CSS value.
        head_faces: Those of all else.
        plated: Whether the marks of funders stand on a plate of white.
        dark: The colours in dark mode.
    """

    white: str
    ink: str
    grey: str
    band: str
    on_band: str
    fill: str
    on_fill: str
    rule: str
    head: str
    line: str
    mended: str
    text_faces: str
    head_faces: str
    plated: bool
    dark: DarkColours


_FIRST_DARK: Final = DarkColours(
    ground="#12181b",
    text="#e8eef0",
    grey="#aab6bb",
    head="#8ec8dc",
    line="#43545b",
    mended="#f0936a",
    band="",
    on_band="#ffffff",
)
"""Dark mode of a style of format 1, which has no colours for it."""


def letter_look(style: Style) -> LetterLook:
    """Return the colours and faces of a letter in a style."""
    colours = {name: token.srgb for name, token in style.plan.tokens.items()}
    if not style.plan.takes_identity:
        petrol, white = colours["petrol"], colours["white"]
        return LetterLook(
            white=white,
            ink=colours["ink"],
            grey=colours["grey"],
            band=petrol,
            on_band=white,
            fill=petrol,
            on_fill=white,
            rule=petrol,
            head=petrol,
            line=colours["mid"],
            mended=colours["rust"],
            text_faces=f"'Source Serif 4', 'Source Serif Pro', {_SERIFS}",
            head_faces=f"'Sofia Sans', {_SANS}",
            plated=False,
            dark=_FIRST_DARK,
        )
    dark = style.dark
    return LetterLook(
        white=colours["white"],
        ink=colours["ink"],
        grey=colours["grey"],
        band=colours["cover-ground"],
        on_band=colours["cover-text"],
        fill=colours["main"],
        on_fill=colours["on-main"],
        rule=colours["main"],
        head=colours["main-text"],
        line=colours["rule"],
        mended=colours["accent-text"],
        text_faces=_stack(style.plan.families["text"]),
        head_faces=_stack(style.plan.families["head"]),
        plated=True,
        dark=DarkColours(
            ground=dark["dark-ground"],
            text=dark["dark-text"],
            grey=dark["dark-grey"],
            head=dark["dark-main"],
            line=dark["dark-rule"],
            mended=dark["dark-accent"],
            band=dark["dark-band"],
            on_band=dark["dark-band-text"],
        ),
    )


def _stack(family: str) -> str:
    return f"'{family}', {_SERIFS if is_serif(family) else _SANS}"
