"""The standards a file claims, and whether it follows them: ISO 15930-7 (PDF/X-4), 19005 (PDF/A), 14289-1."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.page.pictures.inks import description_of
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS
from pipeline.pdf.content.stream_limits import bounded_bytes
from pipeline.pdf.preflight.claims import Claims, claims_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.pdf.preflight.checked_pdf import CheckedPdf

_BEGINS: Final = re.compile(rb"%PDF-1\.[0-7][\r\n]{1,2}%[\x80-\xff]{4}")
_ENDS: Final = re.compile(rb"%%EOF(\r\n?|\n)?\Z")
_LARGEST_PROFILE: Final = 20_000_000
_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Sound", "/Movie", "/Rendition"}
)
_ACTING_NOTES: Final = frozenset({"/Movie", "/Sound", "/Screen", "/3D", "/RichMedia", "/FileAttachment"})
_MOST_ACTIONS: Final = 64


def standard_findings(checked: CheckedPdf) -> Iterator[Finding]:
    """Check the standards a file claims, and its header, identifier and output intent."""
    claims = claims_of(checked.pdf)
    if claims is None:
        yield found("E103", None)
    else:
        yield from _claim_findings(checked, claims)
    standard = _standard(checked)
    # PDF/X requires neither the binary comment after the header nor an end without further bytes.
    if not checked.data.startswith(b"%PDF-1.") or (
        not checked.edition.in_ink and not (_BEGINS.match(checked.data) and _ENDS.search(checked.data[-8:]))
    ):
        yield found("E118", None, standard=standard)
    if "/ID" not in checked.pdf.trailer:
        yield found("E108", None)
    if checked.edition.in_ink:
        yield from _intent_findings(checked)
        trapped = str(checked.pdf.docinfo.get("/Trapped", "")).strip("/")
        contradicts = claims is not None and claims.is_trapped not in {"", trapped}
        if trapped not in {"True", "False"} or contradicts:
            yield found("E107", None)


def activity_findings(checked: CheckedPdf) -> Iterator[Finding]:
    """Find scripts, and actions that would start a program or open a connection."""
    if active := _active(checked.pdf):
        yield found("E109", None, what=active)


def bands_of_intent(pdf: pikepdf.Pdf) -> int:
    """Return the number of colour components of a PDF/A's output intent; 0 if it names no profile."""
    intents: Any = pdf.Root.get("/OutputIntents", [])
    with contextlib.suppress(*BROKEN_PDF_ERRORS):
        for intent in intents:
            profile = intent.get("/DestOutputProfile")
            if intent.get("/S") == "/GTS_PDFA1" and isinstance(profile, pikepdf.Stream):
                head = bounded_bytes(profile, _LARGEST_PROFILE)[:40]
                if head[36:] == b"acsp":
                    return {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(head[16:20], 0)
    return 0


def _standard(checked: CheckedPdf) -> str:
    standard = checked.edition.standard
    return f"PDF/A-{standard[-2:]}" if standard.startswith("pdf/a-") else "PDF/X-4"


def _claim_findings(checked: CheckedPdf, claims: Claims) -> Iterator[Finding]:
    standard = checked.edition.standard
    if standard.startswith("pdf/a-"):
        is_claimed = claims.of_archive == (standard[-2], standard[-1])
    else:
        is_claimed = claims.of_print == "PDF/X-4"
    if not is_claimed:
        yield found("E102", None, standard=_standard(checked))
    if checked.edition.accessible and claims.of_access != "1":
        yield found("E102", None, standard="PDF/UA-1")
    title = str(checked.pdf.docinfo.get("/Title", "")).strip()
    if not claims.titles:
        yield found("E104", None)
    elif title and title not in claims.titles:
        yield found("W103", None, title=claims.titles[0][:80], info=title[:80])


def _intent_findings(checked: CheckedPdf) -> Iterator[Finding]:
    written: Any = checked.pdf.Root.get("/OutputIntents", [])
    intents = [intent for intent in written if intent.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield found("E105", None, count=len(intents))
        return
    stream = intents[0].get("/DestOutputProfile")
    profile = bounded_bytes(stream, _LARGEST_PROFILE) if isinstance(stream, pikepdf.Stream) else b""
    name = description_of(profile)
    if name is None:
        yield found("E106", None)
    elif checked.condition is not None and profile != checked.condition.profile:
        expected = description_of(checked.condition.profile) or checked.condition.info
        if name != expected:
            yield found("W106", None, found=name, wanted=expected)


def _active(pdf: pikepdf.Pdf) -> str:
    """Return the name of the first action or script found; empty if there is none."""
    root = pdf.Root
    names: Any = root.get("/Names", pikepdf.Dictionary())
    if "/JavaScript" in names:
        return "JavaScript"
    if "/AcroForm" in root and len(root.AcroForm.get("/Fields", [])):
        return "AcroForm"
    actions: list[Any] = [root.get("/OpenAction"), *_additional(root.get("/AA"))]
    for page in pdf.pages:
        actions += _additional(page.obj.get("/AA"))
        for annotation in page.obj.get("/Annots", []):
            actions += [annotation.get("/A"), *_additional(annotation.get("/AA"))]
            if annotation.get("/Subtype") in _ACTING_NOTES:
                return str(annotation.Subtype)[1:]
    for thing in pdf.objects:
        # External streams would be fetched; bookmarks and actions may have further actions.
        if isinstance(thing, pikepdf.Stream):
            if "/F" in thing:
                return "/F"
        elif isinstance(thing, pikepdf.Dictionary):
            actions += [thing] if "/S" in thing else [thing.get("/A")] if "/A" in thing else []
    return next((name for action in actions if (name := _acts(action))), "")


def _acts(action: Any) -> str:
    """Return the type of an action or of its successors (12.6.2); empty where it only leads elsewhere."""
    for _ in range(_MOST_ACTIONS):
        if not isinstance(action, pikepdf.Dictionary):
            break
        if str(action.get("/S", "")) in _ACTIONS:
            return str(action.S)[1:]
        action = action.get("/Next")
    return ""


def _additional(actions: Any) -> list[Any]:
    return list(actions.values()) if isinstance(actions, pikepdf.Dictionary) else []
