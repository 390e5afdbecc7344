"""Numbers of a PDF written with one question less each: a short bulletin has a hundred thousand.

The engine's writer asks of each number whether it is bytes, a float or an object, and writes it as text that
it then encodes. The bytes are the same.

Source: ISO 32000-2, 7.3.3 Numeric objects. Upstream: no issue known for it.
"""

from __future__ import annotations

from typing import Any, Final

from pipeline.page.engine.memory.signatures import with_signature_of
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape, Source

GUARD: Final = Guard(
    "quick_numbers",
    VERSION,
    (
        # Its text shows how numbers are written.
        Source("pydyf.__init__", "0b10add9e640961db4636205686066e2b955fba63cad51e602a69250ef1df0d6"),
        Shape("pydyf:_to_bytes", "(item)"),
    ),
)


def write_numbers_quickly() -> None:
    """Patch the engine's writer; a second call does nothing."""
    from weasyprint.pdf import pydyf  # noqa: PLC0415 - slow to load

    plain = pydyf._to_bytes  # noqa: SLF001 - guarded above
    if getattr(plain, "is_quick", False):
        return

    def to_bytes(item: Any) -> bytes:  # noqa: ANN401 - of the writer
        kind = type(item)
        if kind is bytes:
            return item  # type: ignore[no-any-return]
        if kind is float:
            return b"%d" % item if item.is_integer() else (b"%f" % item).rstrip(b"0")
        if kind is int:
            return b"%d" % item
        return plain(item)  # type: ignore[no-any-return]

    to_bytes.is_quick = True  # type: ignore[attr-defined]
    pydyf._to_bytes = with_signature_of(plain, to_bytes)  # noqa: SLF001
