"""What preflight judges of a file and what it does not, by the families of rules of the standards.

A file without findings is sound in what is judged. What is not judged is named in every report, so that
nobody takes the one for the other: for these veraPDF (PDF/A, PDF/UA) or the print shop's own preflight must
be asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from pipeline.models.editions import Edition

JUDGED: Final = {
    "file": "E100 E101 E108 E109 E116 E117 E118 E127 E128",
    "claims": "E102 E103 E104 W103",
    "printing condition": "E105 E106 E107 W106",
    "sheet": "E110 E111 E112 E113 E114 E115 W110 W111 W112 W113",
    "colours": "E119 E120 E121 E122 E123 E124 W120 W121 W122 W123",
    "pictures and lines": "E125 E126 W124 W125 W126",
    "type": "E130 E132 E133 E134 W131",
    "links": "E140 E141 E142 E143",
    "languages": "E145 E151",
    "notes": "E146",
    "tags": "E150 E152 E153 E154 E156 E158 E159",
    "tables": "E155 E157 W157",
    "attached files": "E160 E161 E166 W160",
    "size": "E170 W170",
}
"""The codes of each family that is judged."""

_ALWAYS: Final = (
    N_("signatures"),
    N_("layers"),
    N_("what fonts hold within them"),
    N_("what colour profiles hold within them"),
    N_("pictures in JPEG 2000 and JBIG2"),
    N_("further fields of the metadata"),
)
_ALOUD: Final = (
    N_("whether alternative texts are true"),
    N_("whether the reading order is right"),
    N_("the languages of words within a line"),
    N_("fields of forms"),
    N_("ruby and warichu"),
)
_IN_INK: Final = (N_("screens and transfer curves"), N_("trapping"), N_("pages of other documents"))


def not_judged(edition: Edition) -> tuple[str, ...]:
    """Return the families of an edition's standards that preflight does not judge, as messages."""
    return (*_ALWAYS, *(_IN_INK if edition.in_ink else ()), *(_ALOUD if edition.accessible else ()))
