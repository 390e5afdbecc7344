"""What the fields of files are called where they are filled in."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from pipeline.studio.views.forms.facts import KINDS, facts_of
from pipeline.studio.views.forms.plan import MASTHEAD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.studio.views.forms.fields import Field


def label_of(name: str, path: str, kind: str = "") -> str | None:
    """Return the label of a field, a message of the catalogue; None where it has none, or several.

    Args:
        name: Of the field, with or without those that hold it.
        path: The file.
        kind: Of the article, where the file is one and its kind is known.
    """
    if path.endswith(".md"):
        return _of_articles(kind if kind in KINDS else "").get(name)
    return _of_issues().get(name) if path.endswith("/issue.yaml") else None


@functools.cache
def _of_articles(kind: str) -> dict[str, str]:
    kinds = (kind,) if kind else tuple(KINDS)
    return _labels(field for each in kinds for field in facts_of(each))


@functools.cache
def _of_issues() -> dict[str, str]:
    return _labels(MASTHEAD)


def _labels(fields: Iterable[Field]) -> dict[str, str]:
    whole: dict[str, set[str]] = {}
    last: dict[str, set[str]] = {}
    for field in fields:
        whole.setdefault(field.name, set()).add(field.label)
        last.setdefault(field.name.rpartition(".")[2], set()).add(field.label)
    return {name: next(iter(labels)) for name, labels in (last | whole).items() if len(labels) == 1}
