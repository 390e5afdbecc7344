"""Hidden parts of OpenDocument texts are taken out and told; the rest stays byte for byte."""

from __future__ import annotations

import io
import zipfile
from typing import Final

import pytest

from pipeline.importing.formats.odf_hidden import without_hidden

SPACES: Final = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)

HIDDEN: Final = {
    "section": ('<t:section t:display="none"><t:p>Скрит</t:p><t:p>раздел</t:p></t:section>', "Скрит раздел"),
    "section by a condition": (
        '<t:section t:display="condition" t:is-hidden="true"><t:p a=">">Скрит</t:p></t:section >',
        "Скрит",
    ),
    "section in a section": (
        '<t:section t:display="none"><t:section t:display="none"><t:p>Скрит</t:p></t:section></t:section>',
        "Скрит",
    ),
    "paragraph": ('<t:p><t:span>Скрит</t:span><t:hidden-paragraph t:is-hidden="true"/></t:p>', "Скрит"),
    "field": ('<t:p><t:hidden-text t:is-hidden="true">Скрит</t:hidden-text></t:p>', "Скрит"),
}
SHOWN: Final = (
    '<t:section t:name="a"><t:p>Видим</t:p></t:section>',
    '<t:section t:display="condition" t:is-hidden="false"><t:p>Видим</t:p></t:section>',
    '<t:p>Видим<t:hidden-paragraph t:is-hidden="false"/></t:p>',
    '<t:p><t:hidden-text t:is-hidden="false">Видим</t:hidden-text></t:p>',
)


def flat(body: str) -> bytes:
    whole = f"<office:document {SPACES}><t:p>Преди &lt;</t:p>{body}<t:p>след</t:p></office:document>"
    return whole.encode()


def packed(body: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", flat(body))
        package.writestr("Pictures/a.png", b"picture")
    return target.getvalue()


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_is_taken_out_and_told(name: str) -> None:
    body, words = HIDDEN[name]
    shown = without_hidden(flat(body), "a.fodt")
    assert shown.hidden == (words,)
    assert "Скрит".encode() not in shown.data
    assert "Преди &lt;".encode() in shown.data
    assert "<t:p>след</t:p>".encode() in shown.data


def test_a_package_keeps_its_other_parts() -> None:
    shown = without_hidden(packed(HIDDEN["section"][0]), "a.odt")
    assert shown.hidden == ("Скрит раздел",)
    with zipfile.ZipFile(io.BytesIO(shown.data)) as package:
        assert package.namelist()[0] == "mimetype"
        assert package.read("Pictures/a.png") == b"picture"
        assert "Скрит".encode() not in package.read("content.xml")


@pytest.mark.parametrize("body", SHOWN)
def test_what_is_shown_stays_as_it_is(body: str) -> None:
    assert without_hidden(flat(body), "a.fodt") == (flat(body), ())
    assert without_hidden(packed(body), "a.odt") == (packed(body), ())


@pytest.mark.parametrize("data", [b"", b"<a>", b"PK\x03\x04", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
@pytest.mark.parametrize("name", ["a.fodt", "a.odt", "a.doc"])
def test_what_cannot_be_read_is_left_for_the_conversion_to_tell(data: bytes, name: str) -> None:
    assert without_hidden(data, name) == (data, ())
