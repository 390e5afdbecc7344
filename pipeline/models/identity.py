"""What makes the look of a publication its house's own: `identity` in `publication.yaml`."""

from typing import Annotated, Self

from pydantic import BeforeValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from pipeline.models.values.base import Frozen
from pipeline.models.values.colours import HexColour, WrittenInks
from pipeline.models.values.strings import Key


def _as_field(name: str) -> BeforeValidator:
    """Return what reads a single value as the one field of a model."""
    return BeforeValidator(lambda value: {name: value} if isinstance(value, str) else value)


class BrandColour(Frozen):
    """A colour of the house.

    Args:
        srgb: `#RRGGBB`, for screens.
        cmyk: Its inks; where left out, they follow from the paper's profile.
    """

    srgb: HexColour
    cmyk: WrittenInks | None = None


class HouseFaces(Frozen):
    """The faces of the house.

    Args:
        pair: A pair that is offered, by name; or else
        text: the face of running text, by its folder below fonts/,
        head: that of heads, or that of the text where left out,
        small: that of captions, tables and notes, or that of the heads where left out.
    """

    pair: Key | None = None
    text: Key | None = None
    head: Key | None = None
    small: Key | None = None

    @model_validator(mode="after")
    def _names_a_face(self) -> Self:
        if self.pair is None and self.text is None:
            raise PydanticCustomError("bulletin_faces", "no face of the text", {})
        return self


_WrittenColour = Annotated[
    BrandColour,
    _as_field("srgb"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {
                        "srgb": {"type": "string"},
                        "cmyk": {"anyOf": [{"type": "string"}, {"type": "array"}]},
                    },
                    "required": ["srgb"],
                },
            ]
        }
    ),
]
_WrittenFaces = Annotated[
    HouseFaces,
    _as_field("pair"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {role: {"type": "string"} for role in ("text", "head", "small")},
                    "required": ["text"],
                },
            ]
        }
    ),
]


class Identity(Frozen):
    """What makes the look the house's own; all of it optional.

    Args:
        logo: The house's logo, a file under issues/.
        logo_cmyk: The logo for the press, where it differs.
        main: The colour of heads and grounds, `#RRGGBB`, or `{srgb: …, cmyk: …}`.
        accent: The second colour, likewise.
        type: A pair of faces, by name, or `{text: …, head: …}` with folders below fonts/.
    """

    logo: str | None = None
    logo_cmyk: str | None = None
    main: _WrittenColour | None = None
    accent: _WrittenColour | None = None
    type: _WrittenFaces | None = None

    def printed_logo(self, *, in_ink: bool) -> str | None:
        """Return the logo for paper or for a screen; where there is none for paper, the one for both."""
        return (self.logo_cmyk if in_ink else None) or self.logo
