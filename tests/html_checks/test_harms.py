"""The laws of site and mail find what harms a finished page; `python -m tests.html_checks` tries all ways."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.html_checks.harming import mail_subject, site_subject

if TYPE_CHECKING:
    from tests.html_checks.harming import Subject

CLASSES = (
    *(
        "lose",
        "double",
        "insert",
        "space",
        "move",
        "hide",
        "cover",
        "recolour",
        "sheet",
        "table",
        "list",
        "link",
    ),
    "preheader",
)
OF_ONE = {("mail", "table"), ("mail", "list"), ("site", "preheader")}
"""Classes that a subject has not."""

EACH = 9
"""One harm of so many is tried here."""


@pytest.fixture(scope="module", params=[site_subject, mail_subject], ids=["site", "mail"])
def subject(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    made: Subject = request.param(tmp_path_factory.mktemp("harms") / "w")
    return made


@pytest.mark.parametrize("kind", CLASSES)
def test_harms_of_every_class_are_found(subject: Subject, kind: str) -> None:
    if (subject.name, kind) in OF_ONE:
        pytest.skip("it has none")
    harms = [each for each in subject.harms(random.Random(3)) if each.kind.startswith(f"{kind}:")]
    assert harms
    assert [f"{each.kind}: {each.what}" for each in harms[::EACH] if not subject.findings(each.html)] == []


def test_there_are_sixty_ways_at_least(subject: Subject) -> None:
    assert len({each.kind for each in subject.harms(random.Random(3))}) >= 60


def test_nothing_is_found_on_a_sound_page(subject: Subject) -> None:
    assert subject.findings(subject.html) == []
