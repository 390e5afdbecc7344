"""What the fields of files are called where they are filled in."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from pipeline.studio.views.forms.facts import KINDS, facts_of
from pipeline.studio.views.forms.plan import MASTHEAD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.studio.views.forms.fields import Field


def label_of(name: str, path: str) -> str | None:
    """Return the label of a field, a message of the catalogue; None where it has none, or several.

    Args:
        name: Of the field, with or without those that hold it.
        path: The file.
    """
    labels = _of_articles() if path.endswith(".md") else _of_issues() if path.endswith("/issue.yaml") else {}
    return labels.get(name)


@functools.cache
def _of_articles() -> dict[str, str]:
    return _labels(field for kind in KINDS for field in facts_of(kind))


@functools.cache
def _of_issues() -> dict[str, str]:
    return _labels(MASTHEAD)


def _labels(fields: Iterable[Field]) -> dict[str, str]:
    whole = {field.name: field.label for field in fields}
    last: dict[str, set[str]] = {}
    for name, label in whole.items():
        last.setdefault(name.rpartition(".")[2], set()).add(label)
    return {name: next(iter(labels)) for name, labels in last.items() if len(labels) == 1} | whole
