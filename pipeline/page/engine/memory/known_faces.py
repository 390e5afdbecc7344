"""A hash of the faces in a font configuration, by which what is set in them is known in another document.

Each document has a configuration of its own, to which the engine adds the faces of its sheets one by one.
With this patch the configuration has a hash of their rules and files, in the order in which they came.

Upstream: nothing of the kind.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import Any, Final

from pipeline.page.engine.paragraphs.remembered import FACES
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

_CONFIGURATION: Final = "weasyprint.text.fonts:FontConfiguration"

GUARD: Final = Guard(
    "known_faces",
    VERSION,
    (
        Shape(f"{_CONFIGURATION}.add_font_face", "(self, rule_descriptors, url_fetcher)"),
        Shape(f"{_CONFIGURATION}._folder"),
    ),
)


def hash_faces() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - slow to load

    plain = FontConfiguration.add_font_face
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def add_font_face(faces: Any, rule_descriptors: Any, url_fetcher: Any) -> Any:  # noqa: ANN401 - the engine's
        result = plain(faces, rule_descriptors, url_fetcher)
        digest = hashlib.sha256(faces.__dict__.get(FACES, b""))
        rule = str(rule_descriptors)
        digest.update(rule.encode())
        # The engine writes the file under this name, or none where it could not be fetched.
        file = Path(faces._folder) / hashlib.md5(rule.encode(), usedforsecurity=False).hexdigest()  # noqa: SLF001
        digest.update(file.read_bytes() if file.is_file() else b"")
        setattr(faces, FACES, digest.digest())
        return result

    FontConfiguration.add_font_face = add_font_face
