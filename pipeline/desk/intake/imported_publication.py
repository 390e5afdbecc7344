"""`publication.yaml` of an import: written from the masthead, or compared with it.

In one that is there already, only samples are replaced: nobody has written what they say.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from pipeline.desk.intake.starting import STYLE, starter
from pipeline.desk.production.samples import sample_in
from pipeline.files.workspace import PUBLICATION
from pipeline.files.writing.atomic import write_atomically
from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_nodes import Mapping, Scalar, read_fields
from pipeline.findings.finding import found
from pipeline.importing.draft.phrases import WORDMARK_ROLE, draft_text, is_translated
from pipeline.importing.model.words import words_of

if TYPE_CHECKING:
    from pipeline.desk.intake.import_target import ImportTarget
    from pipeline.findings.finding import Finding
    from pipeline.importing.draft.draft import Draft, Masthead


def publication_of(target: ImportTarget, draft: Draft, language: str) -> tuple[str, list[Finding]]:
    """Return `publication.yaml`, new or as it is to be, and findings where the masthead differs from it."""
    masthead = draft.masthead
    if target.workspace is None:
        starter_language = target.language if is_translated(target.language) else language
        text = starter(starter_language, "publication.yaml", **STYLE).decode()
        return _begun_publication(text, masthead, target.language), []
    text = _written(target)
    fields = read_fields(text.encode(), PUBLICATION).fields
    publisher = fields.get("publisher") if fields else None
    # Without another one it is the title of the issue.
    own_values = {"title": masthead.publication if masthead.title else ""}
    publisher_values = {
        "name": masthead.name,
        "address": masthead.address,
        "site": masthead.site,
        "email": masthead.email,
    }
    findings: list[Finding] = []
    samples: dict[tuple[str, ...], str] = {}
    for holder, path, values in ((fields, (), own_values), (publisher, ("publisher",), publisher_values)):
        for key, value in values.items():
            present = _words_under(holder, key)
            if not value or not present or any(_same(value, each) for each in present):
                continue
            if len(present) == 1 and sample_in(present[0]) == present[0]:
                samples[*path, key] = value
                continue
            name = next((article.source.name for article in draft.articles), "")
            findings.append(found("W512", None, name=name, found=value, wanted=present[0]))
    if masthead.wordmark:
        draft.generated.append(masthead.wordmark)
    editor = YamlEditor(text, PUBLICATION)
    for field, value in samples.items():
        editor.set(field, value)
    return editor.text, findings


def write_publication(target: ImportTarget, text: str) -> None:
    """Write `publication.yaml` of a workspace that there was, where it is to be another one.

    Args:
        target: Where the import goes.
        text: What `publication_of` returned.

    Raises:
        PressError: It cannot be written (E83).
    """
    path = target.root / PUBLICATION
    before = path.read_bytes()
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    if text != _written(target):
        write_atomically(path, mark + text.encode())


def _written(target: ImportTarget) -> str:
    return (target.root / PUBLICATION).read_bytes().decode("utf-8-sig", "replace")


def _same(one: str, other: str) -> bool:
    return words_of(re.sub(r"https?://(?:www\.)?", "", one)) == words_of(
        re.sub(r"https?://(?:www\.)?", "", other)
    )


def _words_under(holder: object, key: str) -> list[str]:
    node = holder.get(key) if isinstance(holder, Mapping) else None
    if isinstance(node, Scalar):
        return [node.text] if node.text else []
    if isinstance(node, Mapping):
        return [value.text for _, value in node.fields if isinstance(value, Scalar) and value.text]
    return []


def _begun_publication(text: str, masthead: Masthead, language: str) -> str:
    """Return the sample file with the values of the masthead; other fields keep their examples."""
    values = {
        ("title",): masthead.publication,
        ("publisher", "name"): masthead.name,
        ("publisher", "address"): masthead.address,
        ("publisher", "site"): masthead.site,
        ("publisher", "email"): masthead.email,
        ("publisher", "phone"): masthead.phone,
        ("team", 0, "role"): masthead.wordmark and draft_text(WORDMARK_ROLE, language),
        ("team", 0, "name"): masthead.wordmark,
    }
    editor = YamlEditor(text, PUBLICATION)
    for field, value in values.items():
        if value:
            editor.set(field, value)
    editor.set(("languages",), [language])
    if not masthead.wordmark:
        editor.comment_out(("team",))
    return editor.text
