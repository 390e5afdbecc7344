"""Keys by which files name the funders of a publication: made from their names, so that nobody has to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.importing.draft.file_names import free_name, stem_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_FUNDERS = "funders"


def with_keys(values: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form with a key for each funder that has a name and none yet.

    A key that is there stays as it is, whatever the name becomes: projects name their funder by it.

    Args:
        values: As they are in the file.
        sent: What was sent.
    """
    given = dict(sent)
    count = str(given.get(f"{_FUNDERS}.count", ""))
    rows = range(min(int(count), len(given))) if count.isdecimal() else range(0)
    listed = values.get(_FUNDERS)
    there = (
        [str(each.get("key", "")) for each in listed if isinstance(each, dict)]
        if isinstance(listed, list)
        else []
    )
    taken = {*there, *(str(given.get(f"{_FUNDERS}.{row}.key", "")).strip() for row in rows)}
    for row in rows:
        key = f"{_FUNDERS}.{row}.key"
        named = [str(given[name]).strip() for name in given if name.startswith(f"{_FUNDERS}.{row}.name")]
        name = next(filter(None, named), "")
        if name and not str(given.get(key, "")).strip():
            given[key] = free_name(stem_of(name), "", taken)
            taken.add(given[key])
    return given
