"""The marks of funders and of the house, as pictures of a page."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from pipeline.models.publication import EU_EMBLEM
from pipeline.page.figures.eu_emblem import EMBLEM_IN_CMYK, EMBLEM_IN_RGB, eu_emblem
from pipeline.page.identity.logo_plates import plate_of
from pipeline.page.makeup.slots import PictureShape
from pipeline.page.markup import logo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.models.editions import Edition
    from pipeline.models.publication import Funder, Publication
    from pipeline.page.identity.logo_plates import LogoColours
    from pipeline.page.style import Style

PLATE: Final = 2
"""Millimetres of white around a funder's mark."""

_MARGIN_OF_PLATE: Final = 0.15
"""Of the height of a house's logo with its plate."""


class PrintedPicture(NamedTuple):
    """A picture file that a page may show.

    Args:
        url: The address the engine fetches it from.
        proportion: Width over height.
        is_photograph: Whether it is one, and not a drawing.
        pixels: Its width in pixels; 0 for a drawing.
        colours: What it is painted with; known of the house's logo alone.
    """

    url: str
    proportion: float
    is_photograph: bool = False
    pixels: float = 0
    colours: LogoColours | None = None

    @property
    def shape(self) -> PictureShape:
        """What decides its place on the page."""
        return PictureShape(self.proportion, self.pixels, self.is_photograph)


def funder_mark(
    funder: Funder, pictures: Mapping[str, PrintedPicture], edition: Edition, style: Style
) -> Markup:
    """Return a funder's logo: the EU emblem drawn, any other as a picture; the emblem is 14 mm high.

    In format 2 it has a plate of white, which is its margin on any ground: beside the emblem it is wider than
    the border that is prescribed for coloured grounds, a twenty-fifth of the height.

    Args:
        funder: The funder, who has a logo.
        pictures: The logos among the pictures, by source.
        edition: The edition of the page.
        style: Its style.
    """
    name, plated = funder.printed_logo(in_ink=edition.in_ink), style.plan.takes_identity
    if name == EU_EMBLEM:
        colours = EMBLEM_IN_CMYK if edition.in_ink else EMBLEM_IN_RGB
        mark = Markup(eu_emblem(funder.name, *colours))  # noqa: S704 - drawn by us, its name escaped
    else:
        width = style.plan.measures["margin"] - (2 * PLATE if plated else 0)
        picture = Markup('<img src="{}" alt="{}" style="width:{}mm">')
        mark = picture.format(pictures[f"../{name}"].url, funder.name, width)
    if not plated:
        return mark
    plate = Markup('<div class="plate" style="display:inline-block;padding:{}mm;background:{}">{}</div>')
    return plate.format(PLATE, style.colour("white", edition), mark)


def house_logo(
    publication: Publication, pictures: Mapping[str, PrintedPicture], edition: Edition, style: Style
) -> Callable[..., Markup | None]:
    """Return what gives the house's logo within a height and a width in millimetres, on a role as its ground.

    On a ground where it could not be seen it stands on a plate (`identity.logo_plates`), which counts to the
    height and the width. It gives None where the house has no logo.
    """
    identity = publication.identity
    printed = pictures.get(f"../{identity.printed_logo(in_ink=edition.in_ink)}") if identity else None
    if printed is None:
        return lambda *_: None
    return functools.partial(_house_logo, printed, publication.publisher.name, style, edition)


def _house_logo(
    printed: PrintedPicture,
    name: str,
    style: Style,
    edition: Edition,
    height: float,
    most_width: float,
    ground: str = "white",
) -> Markup:
    tokens = style.plan.tokens
    plate = ""
    if printed.colours is not None and ground in tokens:
        plate = plate_of(printed.colours, [tokens[ground].srgb])
    if not plate:
        return logo(printed.url, name, printed.proportion, height, most_width)
    margin = round(height * _MARGIN_OF_PLATE, 2)
    mark = logo(printed.url, name, printed.proportion, height - 2 * margin, most_width - 2 * margin)
    around = Markup('<div class="plate" style="display:inline-block;padding:{}mm;background:{}">{}</div>')
    return around.format(margin, style.colour(plate, edition), mark)
