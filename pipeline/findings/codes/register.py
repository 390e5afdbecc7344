"""Every code a finding can have, with its English wording; the catalogues translate it.

E0x files (`issue.files`), E1x the form of YAML, E2x-E3x values (`issue.fields`), E4x articles
(`issue.articles`), E5x-E6x pictures (`issue.pictures`), E7x the page, E8x the layout engine (`issue.pages`);
E1xx and W1xx preflight (`preflight`), of these E18x the law of the page (`page_law`), E19x and W19x the
layout (`layout`); E9x restoring, E2xx and W2xx the archive (`archive`); E3xx and W3xx members, messages and
sending; W4xx the editor's queries (`editor`); E5xx and W5xx importing (`importing`); E60x and E61x writing
(`editor`); E62x and E63x the studio (`studio`); E75-E77 and W15-W29 what reading leaves out, E78 and E79
names of files (`reading`). A code never changes its meaning, and a retired one is not used again.

These words are no input of a build: a finding holds its code and values alone, so that a corrected message
leaves every archive PDF as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.codes.archive import ARCHIVE_CODES
from pipeline.findings.codes.bounces import RETURN_CODES
from pipeline.findings.codes.delivery import DELIVERY_CODES, MESSAGE_CODES
from pipeline.findings.codes.editor import QUERY_CODES
from pipeline.findings.codes.importing import IMPORT_CODES
from pipeline.findings.codes.issue.articles import ARTICLE_CODES
from pipeline.findings.codes.issue.fields import FIELD_CODES
from pipeline.findings.codes.issue.files import FILE_CODES
from pipeline.findings.codes.issue.pages import PAGE_CODES
from pipeline.findings.codes.issue.pictures import PICTURE_CODES
from pipeline.findings.codes.layout import LAYOUT_CODES
from pipeline.findings.codes.mail_edition import MAIL_PAGE_CODES
from pipeline.findings.codes.members import MEMBER_CODES
from pipeline.findings.codes.page_law import PAGE_LAW_CODES
from pipeline.findings.codes.preflight import PREFLIGHT
from pipeline.findings.codes.reading import READING_CODES
from pipeline.findings.codes.studio import STUDIO_CODES
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from pipeline.findings.code import Code

ISSUE_CODES: Final = FILE_CODES | FIELD_CODES | ARTICLE_CODES | PICTURE_CODES | PAGE_CODES
"""Codes of reading, checking and laying out an issue."""

MAIL_CODES: Final = MEMBER_CODES | MAIL_PAGE_CODES | MESSAGE_CODES | DELIVERY_CODES | RETURN_CODES
"""Codes of members, messages and sending."""

CODES: Final[dict[str, Code]] = (
    ISSUE_CODES
    | READING_CODES
    | PREFLIGHT
    | LAYOUT_CODES
    | PAGE_LAW_CODES
    | ARCHIVE_CODES
    | MAIL_CODES
    | QUERY_CODES
    | IMPORT_CODES
    | STUDIO_CODES
)

_LAID_OUT: Final = N_("what lies over what shows only when the pages are laid out")
_MACHINE: Final = N_("it is not in the files: it depends on the machine at the moment of the build")

NEEDS_ENGINE: Final[dict[str, str]] = {
    "E72": N_("it only says where the file lies in which something else was found"),
    "E82": _MACHINE,
    "E83": _MACHINE,
    "E84": _MACHINE,
    "E170": N_("how large a file is shows only when it is written"),
    "E190": _LAID_OUT,
    "E191": _LAID_OUT,
    "E192": _LAID_OUT,
    "E193": _LAID_OUT,
}
"""Why `check` cannot say it, by code.

All other errors of a build (E80, E81, E100 to E189, E194 to E198, E320 to E329) are faults of the program
where the bulletin is its own: preflight, the law of the page and the comparison with the mail hold it to
its word.
"""
