"""An organisation, as a table of them lists it."""

from pipeline.models.values.base import Frozen
from pipeline.models.values.codes import CountryCode
from pipeline.models.values.strings import PictureName, WebAddress, WrittenLine


class Organisation(Frozen):
    """A partner organisation.

    Args:
        name: For the reader.
        country: Where it is, or None.
        url: Its page, or None.
        logo: A picture in the issue's folder, which styles that set a wall of partners print; or None.
    """

    name: WrittenLine
    country: CountryCode | None = None
    url: WebAddress | None = None
    logo: PictureName | None = None
