"""HTML → PDF: the one door to the engine, its fetcher, and its log turned into findings.

The engine is loaded when the first page is made and not before.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import io
import logging
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.findings.finding import Finding, PressError, found
from pipeline.page.engine.page_boxes import PageFill, fill_of, hang_cards
from pipeline.page.engine.repagination import keep_what_is_sent_on
from pipeline.page.engine.tag_sources import remember_sources
from pipeline.page.style import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.models.editions import Edition
    from pipeline.page.style import PageRhythm

FACES_ONLY: Final = Path(__file__).with_name("fonts.conf")
"""A fontconfig configuration without a single folder of faces."""

_PDF_UA = (
    '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" '
    'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    "<pdfuaid:part>1</pdfuaid:part>"
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 the file follows</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property>"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
"""The claim of PDF/UA-1 with the extension schema PDF/A asks for (ISO 14289-1, 5; ISO 19005-2, 6.6.2.3)."""


class Asset(NamedTuple):
    """A file the page may fetch.

    Args:
        data: Its bytes.
        media_type: Its IANA media type.
    """

    data: bytes
    media_type: str


class Pressed(NamedTuple):
    """What the press made.

    Args:
        pdf: The file.
        fills: How full each page is, in order; the cover counts as full.
        findings: What the engine's log reports.
    """

    pdf: bytes
    fills: tuple[PageFill, ...]
    findings: tuple[Finding, ...]


def isolate_faces() -> None:
    """Hide the machine's faces from this process, before the engine is loaded.

    For processes of our own only: a command's start, a worker's start. Children started from here
    must have FONTCONFIG_FILE taken out of their environment.
    """
    os.environ["FONTCONFIG_FILE"] = str(FACES_ONLY)


def warm_up() -> None:
    """Make a process of our own ready for many issues: the machine's faces hidden, the engine loaded."""
    isolate_faces()
    _engine()


def _engine() -> Any:  # noqa: ANN401 - it carries no types
    """Load the engine, with what it lacks."""
    with _quiet_fontconfig(), warnings.catch_warnings():
        # The engine warns that the machine has no faces: it is meant to see none.
        warnings.filterwarnings("ignore", "No fonts configured")
        import weasyprint  # noqa: PLC0415 - slow to load; only when a page is made
        from weasyprint.layout import page  # noqa: PLC0415
        from weasyprint.pdf import tags  # noqa: PLC0415

    keep_what_is_sent_on(page)
    remember_sources(tags)
    return weasyprint


def print_pdf(
    html: str,
    edition: Edition,
    assets: Mapping[str, Asset],
    identifier: bytes,
    rhythm: PageRhythm,
) -> Pressed:
    """Turn a page's HTML into a PDF.

    Args:
        html: The whole document; whatever it fetches lies below `style.ORIGIN`.
        edition: Which standard the file follows.
        assets: All it may fetch, by the path below the origin.
        identifier: The file identifier (ISO 32000-2, 14.4), made from the content.
        rhythm: The page's lines and leading, by which its fill is measured.

    Raises:
        PressError: Faces of the machine are visible (E82), or something was fetched that the
            issue does not own (E81).
    """
    _refuse_visible_faces()
    weasyprint = _engine()
    fetcher = _fetcher(assets)
    log: list[logging.LogRecord] = []
    with _recorded(log), _own_faces() as faces:
        options: dict[str, Any] = {"pdf_variant": edition.standard, "pdf_tags": edition.accessible}
        document = weasyprint.HTML(string=html, base_url=ORIGIN, url_fetcher=fetcher).render(
            font_config=faces, **options
        )
        hang_cards(document.pages)
        if edition.accessible:
            _claim_accessibility(document.metadata)
        target = io.BytesIO()
        document.write_pdf(target, pdf_identifier=identifier, **options)
    if fetcher.denied:
        raise PressError([found("E81", None, name=name) for name in dict.fromkeys(fetcher.denied)])
    fills = tuple(fill_of(page, rhythm) for page in document.pages)
    return Pressed(target.getvalue(), fills, tuple(_log_findings(log)))


def _fetcher(assets: Mapping[str, Asset]) -> Any:  # noqa: ANN401 - the engine's class is loaded late
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        """Serves the assets and nothing else; denials are remembered, for the engine swallows them."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"https"}, allow_redirects=False, fail_on_errors=False)
            self.denied: list[str] = []

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            name = url.removeprefix(ORIGIN) if url.startswith(ORIGIN) else None
            asset = assets.get(name) if name is not None else None
            if asset is None:
                self.denied.append(url)
                # Not fatal here, so that every denial is found; the file is thrown away after.
                raise ValueError(url)
            return URLFetcherResponse(url, asset.data, {"Content-Type": asset.media_type})

    return OwnFilesOnly()


@contextlib.contextmanager
def _own_faces() -> Iterator[Any]:
    """Give the faces of one page, and let all that was learnt of them go afterwards.

    Pango never gives back a fontconfig configuration it was handed, unless it is handed another: a process
    that makes one issue after the other would grow with each.
    """
    from weasyprint.text.ffi import ffi, pangoft2  # noqa: PLC0415 - slow to load; only when a page is made
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - likewise

    faces = FontConfiguration()
    try:
        yield faces
    finally:
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", faces.font_map), ffi.NULL)


def _claim_accessibility(metadata: Any) -> None:  # noqa: ANN401 - the engine's class is loaded late
    plain = metadata.generate_rdf_metadata

    def claiming(*arguments: object) -> bytes:
        rdf: bytes = plain(*arguments)
        return rdf.replace(b"</rdf:RDF>", _PDF_UA.encode() + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = claiming


@contextlib.contextmanager
def _recorded(log: list[logging.LogRecord]) -> Iterator[None]:
    """Keep the engine's records instead of printing them."""

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            log.append(record)

    logger = logging.getLogger("weasyprint")
    keeper = Keeper(logging.WARNING)
    before, propagated = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [keeper], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = before, propagated


def _log_findings(log: list[logging.LogRecord]) -> Iterator[Finding]:
    for text in dict.fromkeys(record.getMessage() for record in log):
        yield found("E80", None, record=text)


def _refuse_visible_faces() -> None:
    """Refuse to print where fontconfig knows any face of the machine's."""
    with _quiet_fontconfig():
        library = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
        library.FcConfigGetFonts.restype = ctypes.POINTER(ctypes.c_int)
        library.FcConfigGetFonts.argtypes = [ctypes.c_void_p, ctypes.c_int]
        library.FcInit()
        fonts = library.FcConfigGetFonts(None, 0)
    # The first member of FcFontSet is nfont, the number of faces.
    if fonts and fonts[0] > 0:
        raise PressError([found("E82", None)])


@contextlib.contextmanager
def _quiet_fontconfig() -> Iterator[None]:
    """Keep fontconfig from telling the officer, on stderr, that no faces are configured: none should be."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)
