"""Whether a file is what it says, and says what it should: ISO 15930-7 (PDF/X-4), 19005 (PDF/A), 14289-1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import pikepdf

from pipeline.findings import Finding, found
from pipeline.inks import description_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.preflight.subject import Subject

_PDFA: Final = "{http://www.aiim.org/pdfa/ns/id/}"
_PDFUA: Final = "{http://www.aiim.org/pdfua/ns/id/}"
_PDFX: Final = "{http://www.npes.org/pdfx/ns/id/}"
_PDF: Final = "{http://ns.adobe.com/pdf/1.3/}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_DOCTYPE: Final = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ACTIVE: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Sound", "/Movie", "/Rendition"}
)


def standard_findings(subject: Subject) -> Iterator[Finding]:
    """Judge what a file claims and how it is made."""
    claims = _claims(subject.pdf)
    if claims is None:
        yield found("E103", None)
    else:
        yield from _claim_findings(subject, claims)
    if "/ID" not in subject.pdf.trailer:
        yield found("E108", None)
    if what := _active(subject.pdf):
        yield found("E109", None, what=what)
    if subject.edition.in_ink:
        yield from _intent_findings(subject)
        if str(subject.pdf.docinfo.get("/Trapped", "")) not in {"/True", "/False"}:
            yield found("E107", None)


def _claims(pdf: pikepdf.Pdf) -> dict[str, str] | None:
    """Return what the metadata says (XMP, ISO 16684-1), by name; None where there is none to read."""
    metadata: Any = pdf.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return None
    data = metadata.read_bytes()
    if _DOCTYPE.search(data):
        return None
    try:
        root = ET.fromstring(data.strip(b"\0"))  # noqa: S314 - without a document type it has no entities
    except (ET.ParseError, ValueError):
        return None
    said: dict[str, str] = {}
    for node in root.iter():
        said |= {key: value.strip() for key, value in node.attrib.items()}
        text = "".join(node.itertext()).strip()
        if text:
            said[str(node.tag)] = text
    return said


def _claim_findings(subject: Subject, claims: dict[str, str]) -> Iterator[Finding]:
    wanted = subject.edition.standard
    if wanted.startswith("pdf/a-"):
        part, level = wanted[-2], wanted[-1]
        if claims.get(f"{_PDFA}part") != part or claims.get(f"{_PDFA}conformance", "").lower() != level:
            yield found("E102", None, standard=f"PDF/A-{part}{level}")
    elif claims.get(f"{_PDFX}GTS_PDFXVersion") != "PDF/X-4":
        yield found("E102", None, standard="PDF/X-4")
    if subject.edition.accessible and claims.get(f"{_PDFUA}part") != "1":
        yield found("E102", None, standard="PDF/UA-1")
    title = claims.get(f"{_DC}title", "")
    told = str(subject.pdf.docinfo.get("/Title", ""))
    if not title:
        yield found("E104", None)
    elif told and told != title:
        yield found("W103", None, title=title, info=told)


def _intent_findings(subject: Subject) -> Iterator[Finding]:
    written: Any = subject.pdf.Root.get("/OutputIntents", [])
    intents = [intent for intent in written if intent.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield found("E105", None, count=len(intents))
        return
    held = intents[0].get("/DestOutputProfile")
    profile = held.read_bytes() if isinstance(held, pikepdf.Stream) else b""
    name = description_of(profile)
    if name is None:
        yield found("E106", None)
    elif subject.condition is not None and profile != subject.condition.profile:
        wanted = description_of(subject.condition.profile) or subject.condition.info
        if name != wanted:
            yield found("W106", None, found=name, wanted=wanted)


def _active(pdf: pikepdf.Pdf) -> str:
    """Name what would run or reach out when the file is opened; empty where nothing does."""
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
            if annotation.get("/Subtype") in {
                "/Movie",
                "/Sound",
                "/Screen",
                "/3D",
                "/RichMedia",
                "/FileAttachment",
            }:
                return str(annotation.Subtype)[1:]
    for action in actions:
        if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in _ACTIVE:
            return str(action.S)[1:]
    return ""


def _additional(actions: Any) -> list[Any]:
    return list(actions.values()) if isinstance(actions, pikepdf.Dictionary) else []
