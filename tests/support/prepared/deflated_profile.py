"""Deflates the ICC profile of coated paper: `python -m tests.support.prepared.deflated_profile`.

To be run when the profile is another, or the engine's writer deflates at another level.
"""

from __future__ import annotations

import zlib
from typing import Final

from pipeline.page.engine.shortcuts.deflated_profile import DEFLATED
from pipeline.page.pictures.press_conditions import COATED

LEVEL: Final = 9
"""The writer's."""

if __name__ == "__main__":
    DEFLATED.write_bytes(zlib.compress(COATED.read_bytes(), LEVEL))
