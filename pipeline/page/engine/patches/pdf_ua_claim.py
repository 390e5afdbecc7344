"""Claims PDF/UA-1 beside PDF/A: the engine supports one standard at a time.

Upstream: https://github.com/Kozea/WeasyPrint/issues/2783 (several variants at once; open). The method is
replaced on the metadata of one document, so nothing has to be undone.
"""

from __future__ import annotations

from typing import Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

GUARD: Final = Guard(
    "pdf_ua_claim",
    VERSION,
    (
        Shape(
            "weasyprint.pdf.metadata:DocumentMetadata.generate_rdf_metadata",
            "(self, variant, version, conformance)",
        ),
    ),
)

_PDF_UA: Final = (
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


def claim_pdf_ua(metadata: Any) -> None:  # noqa: ANN401 - the engine's class is loaded late
    """Add the claim of PDF/UA-1 to the metadata of a document.

    Args:
        metadata: The engine's `DocumentMetadata` of one document.
    """
    plain = metadata.generate_rdf_metadata

    def claiming(*arguments: object) -> bytes:
        rdf: bytes = plain(*arguments)
        return rdf.replace(b"</rdf:RDF>", _PDF_UA.encode() + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = claiming
