"""Every kind of article states what each outlet shows; no field is lost unless declared so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final, get_args

import pytest
from pydantic import TypeAdapter

from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.kinds.union import ArticleHead, Head
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.models.kinds.presentation import Presentation

SAMPLES: Final[dict[str, tuple[dict[str, Any], dict[str, Any]]]] = {
    "article": ({}, {}),
    "project": (
        {
            "url": "https://example.org/",
            "programme": "Erasmus+",
            "funder": "eu",
            "partners": {"organisations": 3, "countries": ["BG", "NL"], "country_count": 3},
            "budget": {"total": "900 EUR", "share": "30 EUR"},
            "period": {"start": "2022-09", "end": "2024-09"},
        },
        {
            "url": "https://example.com/",
            "programme": "Horizon Europe",
            "funder": "national",
            "partners": {"organisations": 4, "countries": ["BG", "NL", "DE"], "country_count": 4},
            "budget": {"total": "800 EUR", "share": "40 EUR"},
            "period": {"start": "2022-10", "end": "2024-10"},
        },
    ),
    "event": (
        {
            "start": "2023-11-07",
            "end": "2023-11-08",
            "place": "Sofia",
            "url": "https://example.org/",
            "registration": "office@example.org",
            "deadline": "2023-10-01",
        },
        {
            "start": "2023-11-06",
            "end": "2023-11-09",
            "place": "Plovdiv",
            "url": "https://example.com/",
            "registration": "office@example.com",
            "deadline": "2023-10-02",
        },
    ),
    "notice": (
        {"deadline": "2023-10-01", "contact": "office@example.org"},
        {"deadline": "2023-10-02", "contact": "+359 2 123"},
    ),
    "member_news": (
        {"member": "A", "url": "https://example.org/"},
        {"member": "B", "url": "https://example.com/"},
    ),
    "gallery": ({}, {}),
    "partners": ({"organisations": [{"name": "A"}]}, {"organisations": [{"name": "B"}]}),
}
"""Of each kind two sets of all its fields, in each of which every value is another."""

INCOMPLETE: Final = """
from typing import Literal

from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.kinds.presentation import Body, Presentation
from pipeline.models.kinds.union import Head


class UnsaidHead(CommonHead):
    kind: Literal["unsaid"]


class HalfSaidHead(CommonHead):
    kind: Literal["half-said"]

    @property
    def presentation(self) -> Presentation:
        return Presentation(
            card=None,
            organisations=(),
            calendar=None,
            figures=(),
            comparison=None,
            funding=None,
            continuation=None,
            body=Body.TEXT,
        )


def shown(head: Head | UnsaidHead | HalfSaidHead) -> Presentation:
    return head.presentation
"""


def presentation_of(kind: str, fields: dict[str, Any]) -> Presentation:
    adapter: TypeAdapter[Head] = TypeAdapter(ArticleHead)
    return adapter.validate_python({"kind": kind, "title": "Title", **fields}).presentation


def fields_of(fields: dict[str, Any], path: str = "") -> Iterator[str]:
    """Yield the dotted name of every single field."""
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from fields_of(value, f"{path}{name}.")
        else:
            yield f"{path}{name}"


def with_one_changed(fields: dict[str, Any], others: dict[str, Any], field: str) -> dict[str, Any]:
    """Return fields of which one, by its dotted name, has the value from others."""
    name, _, inner = field.partition(".")
    value = with_one_changed(fields[name], others[name], inner) if inner else others[name]
    return fields | {name: value}


EVERY_FIELD: Final = [(kind, field) for kind, (fields, _) in SAMPLES.items() for field in fields_of(fields)]


@pytest.mark.parametrize("head", get_args(Head))
def test_the_samples_have_every_field_of_every_kind(head: type[CommonHead]) -> None:
    own = head.model_fields.keys() - CommonHead.model_fields.keys() - {"kind"}
    (kind,) = get_args(head.model_fields["kind"].annotation)
    assert [set(sample) for sample in SAMPLES[kind]] == [own, own]


@pytest.mark.parametrize(("kind", "field"), EVERY_FIELD)
def test_the_mail_says_every_field_or_the_kind_names_it_as_left_out(kind: str, field: str) -> None:
    fields, others = SAMPLES[kind]
    mail = presentation_of(kind, fields).mail
    changed = presentation_of(kind, with_one_changed(fields, others, field)).mail
    left_out = {field, field.partition(".")[0]} & set(mail.left_out)
    assert (changed.facts != mail.facts) == (not left_out)


@pytest.mark.parametrize(("kind", "field"), EVERY_FIELD)
def test_no_field_is_asked_for_in_vain(kind: str, field: str) -> None:
    fields, others = SAMPLES[kind]
    changed = with_one_changed(fields, others, field)
    assert presentation_of(kind, changed) != presentation_of(kind, fields)


@pytest.mark.parametrize("kind", SAMPLES)
def test_what_is_left_out_is_a_field(kind: str) -> None:
    names = {part for field in fields_of(SAMPLES[kind][0]) for part in (field, field.partition(".")[0])}
    assert set(presentation_of(kind, SAMPLES[kind][0]).mail.left_out) <= names


def test_a_kind_that_leaves_something_unsaid_does_not_pass_the_type_check(tmp_path: Path) -> None:
    module = tmp_path / "incomplete.py"
    module.write_text(INCOMPLETE, "utf-8")
    cache = tmp_path / "cache"
    if (known := REPOSITORY / ".mypy_cache").is_dir():
        # What the checker learned of the same sources; of others it learns anew.
        shutil.copytree(known, cache)
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(cache), str(module)]
    answer = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    errors = [line.partition(": error: ")[2] for line in answer.stdout.splitlines() if ": error: " in line]
    half_said, unsaid = errors
    assert half_said == 'Missing named argument "mail" for "Presentation"  [call-arg]'
    assert unsaid.startswith('Item "UnsaidHead" of')
    assert 'has no attribute "presentation"' in unsaid
