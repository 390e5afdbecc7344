"""The ICC profile of coated paper, deflated in advance: a megabyte that every press file has.

The writer would deflate it anew each time, which takes longer than all pages together. The deflated bytes are
those that zlib gives at the writer's level, written by `tests.support.prepared.deflated_profile`.

Source: ISO 32000-2, 7.4.4 FlateDecode filter. Upstream: no issue known for it.
"""

from __future__ import annotations

from typing import Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Source
from pipeline.page.pictures.press_conditions import COATED

DEFLATED: Final = COATED.with_suffix(".icc.zz")

GUARD: Final = Guard(
    "deflated_profile",
    VERSION,
    # Its text shows how a stream is written, and at which level it is deflated.
    (Source("pydyf.__init__", "0b10add9e640961db4636205686066e2b955fba63cad51e602a69250ef1df0d6"),),
)


def write_profile_as_deflated() -> None:
    """Patch the engine's writer; a second call does nothing."""
    from weasyprint.pdf import pydyf  # noqa: PLC0415 - slow to load

    plain = pydyf.Stream.data.fget
    if getattr(plain, "is_prepared", False):
        return
    length = COATED.stat().st_size

    def data(stream: Any) -> bytes:  # noqa: ANN401 - of the writer
        content = stream.stream
        if not (stream.compress and len(content) == 1 and len(content[0]) == length):
            return plain(stream)  # type: ignore[no-any-return]
        if content[0] != COATED.read_bytes():
            return plain(stream)  # type: ignore[no-any-return]
        deflated = DEFLATED.read_bytes()
        extra = pydyf.Dictionary(stream.extra.copy())
        extra["Filter"] = "/FlateDecode"
        extra["Length"] = len(deflated)
        return b"\n".join((extra.data, b"stream", deflated, b"endstream"))

    data.is_prepared = True  # type: ignore[attr-defined]
    pydyf.Stream.data = property(data)
