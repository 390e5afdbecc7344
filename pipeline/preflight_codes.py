"""What preflight can find in a PDF: E1xx refuses the file, W1xx does not; in plain words."""

from __future__ import annotations

from typing import Final

from pipeline.code_wording import N_, Code

PREFLIGHT: Final[dict[str, Code]] = {
    "E100": Code(
        N_("the file cannot be read as a PDF: {problem}"), N_("make the PDF again, or ask for another copy")
    ),
}
