"""A document that is laid out, written as a file: its streams are packed once, and its pages are drawn once.

The engine packs each stream twice, for the file and for the hash of its content. It draws the pages anew for
each standard, where two parts of PDF/A differ in their last object alone, the metadata: here that object is
exchanged, by the engine's own function, and the rest is written again.

Upstream: https://github.com/Kozea/WeasyPrint/issues/2783 (several variants at once; open).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PDF: Final = "pydyf:PDF"

GUARD: Final = Guard(
    "written_files",
    VERSION,
    (
        # Their text shows that the function of a standard comes last, and what it does to the file.
        Source("weasyprint.pdf.__init__", "426e0855db0473121bf70666b3c6c5fbd9ebfe832741d31a3689e8b10a14281f"),
        Source("weasyprint.pdf.pdfa", "b5bf6b9b488dbe3fca8b5edca84be49d37f0148bba6a77d7b23f261a59e656fe"),
        Shape(f"{_PDF}.write", "(self, output, version=b'1.7', identifier=False, compress=False)"),
        Shape(f"{_PDF}.objects"),
        Shape(f"{_PDF}.catalog"),
        Shape(f"{_PDF}.current_position"),
    ),
)

_OF_ONE_FAMILY: Final = "pdf/a-"


class _PackedStream:
    """A stream as it is written.

    Args:
        stream: The engine's, to which nothing is added any more.
    """

    compressible = False

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - the engine has no types
        self.number, self.generation, self.free = stream.number, stream.generation, stream.free
        self.offset = 0
        self.data: bytes = stream.data

    @property
    def indirect(self) -> bytes:
        """The stream with its number, as it stands in the file."""
        return b"%d %d obj\n%b\nendobj" % (self.number, self.generation, self.data)


def files_of(
    document: Any,  # noqa: ANN401 - of the engine
    standards: Sequence[str],
    identifier: bytes,
    *,
    tagged: bool,
) -> Iterator[tuple[str, bytes]]:
    """Yield the file of a document by each of some standards, as if it were written by that alone.

    The file of a standard that differs from the first in more than the metadata is left out: its pages must
    be laid out by themselves.

    Args:
        document: Laid out by the engine.
        standards: As the engine names them, one at least.
        identifier: The file identifier.
        tagged: Whether the files have tags.

    Yields:
        The standard, and the file.
    """
    first, *further = standards
    drawn: list[tuple[Any, list[Any]]] = []

    def keep(_: object, pdf: Any) -> None:  # noqa: ANN401
        pdf.objects[:] = [_PackedStream(each) if hasattr(each, "stream") else each for each in pdf.objects]
        drawn.append((pdf, [*pdf.objects]))

    options: dict[str, Any] = {"pdf_identifier": identifier, "pdf_tags": tagged}
    yield first, document.write_pdf(pdf_variant=first, finisher=keep, **options)
    pdf, objects = drawn[0]
    for standard in further:
        if _differ_in_metadata(first, standard, pdf, objects):
            yield standard, _with_metadata_of(standard, document, pdf, objects, identifier)


def _differ_in_metadata(standard: str, other: str, pdf: Any, objects: Sequence[Any]) -> bool:  # noqa: ANN401
    """Return whether the files of two standards have the same objects but for the last, the metadata."""
    from weasyprint.pdf import VARIANTS  # noqa: PLC0415 - slow to load

    are_of_one_family = standard.startswith(_OF_ONE_FAMILY) and other.startswith(_OF_ONE_FAMILY)
    # One part forbids attached files, another says what they are to the document.
    attached = any(isinstance(each, dict) and each.get("Type") == "/Filespec" for each in objects)
    is_last = pdf.catalog.get("Metadata") == b"%d 0 R" % objects[-1].number
    return are_of_one_family and VARIANTS[standard][1] == VARIANTS[other][1] and is_last and not attached


def _with_metadata_of(
    standard: str,
    document: Any,  # noqa: ANN401
    pdf: Any,  # noqa: ANN401
    objects: Sequence[Any],
    identifier: bytes,
) -> bytes:
    """Return a file that was written before, with the metadata of another standard."""
    from weasyprint.pdf import VARIANTS  # noqa: PLC0415 - slow to load

    add_metadata, properties = VARIANTS[standard]
    # Without the metadata, and without what was added while the file was written.
    pdf.objects[:] = objects[:-1]
    pdf.current_position = 0
    add_metadata(pdf, document, page_streams=(), attachments=(), compress=True)
    target = io.BytesIO()
    pdf.write(target, properties["pdf_version"], identifier, compress=True)
    return target.getvalue()
