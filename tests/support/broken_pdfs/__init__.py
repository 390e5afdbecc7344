"""Valid PDFs, and for each rule of preflight at least one that violates it and no other."""

from tests.support.broken_pdfs import claims, colours, fonts_and_links, sheets, tags_and_attachments
from tests.support.broken_pdfs.cases import CASES, Broken, broken
from tests.support.broken_pdfs.sound import CONDITION, sound
from tests.support.broken_pdfs.whole_files import WHOLE

THEMES = (claims, sheets, colours, fonts_and_links, tags_and_attachments)
"""The modules whose functions are entered among the cases as they are imported."""

__all__ = ["CASES", "CONDITION", "THEMES", "WHOLE", "Broken", "broken", "sound"]
