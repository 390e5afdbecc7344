"""The sampler of changes: what a test notices counts, what alters nothing lives, no file here is touched."""

from __future__ import annotations

import hashlib
import shutil
import textwrap
from typing import TYPE_CHECKING, Final

import pytest

from tests.bench.mutation.__main__ import drawn
from tests.bench.mutation.changes import Change, changes_of
from tests.bench.mutation.equivalents import Equivalent, entry, equivalents, is_equivalent, out_of_date
from tests.bench.mutation.groups import GROUPS, Group
from tests.bench.mutation.records import Reach, Records, chosen
from tests.bench.mutation.trials import Trial, Verdict, tried, untouched
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

ADDING: Final = '''\
"""Adds."""


def total(numbers):
    """Return the sum of the first three."""
    result = 0
    place = 0
    while place < min(len(numbers), 3):
        result += numbers[place] * 1
        place += 1
    return result
'''
USING: Final = (
    "from pipeline.toy.adding import total\n\n\ndef shown(numbers):\n    return str(total(numbers))\n"
)
TESTS: Final = """\
import pytest

from pipeline.toy.adding import total

@pytest.fixture(scope="module")
def summed():
    return total([5, 6, 7, 8])

def test_three_are_added(summed):
    assert summed == 18

def test_fewer_are_added():
    assert total([5]) == 5

def test_nothing_is_said_here():
    assert sorted([8, 7]) == [7, 8]
"""
TOY: Final = Group("toy", "pipeline/toy", ("tests/toy",))


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one module, its test, and the sampler."""
    root = tmp_path_factory.mktemp("toy")
    for name, text in {
        "pipeline/__init__.py": "",
        "pipeline/toy/__init__.py": "",
        "pipeline/toy/adding.py": ADDING,
        "pipeline/toy/apart.py": "LEFT_ALONE = 1\n",
        "pipeline/toy/using.py": USING,
        "tests/toy/test_adding.py": TESTS,
        "pyproject.toml": "[tool.pytest.ini_options]\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    shutil.copytree(REPOSITORY / "tests/bench/mutation", root / "tests/bench/mutation")
    for name in ("tests/__init__.py", "tests/bench/__init__.py", "tests/bench/measuring.py"):
        shutil.copy(REPOSITORY / name, root / name)
    return root


@pytest.fixture(scope="module")
def records(toy: Path, tmp_path_factory: pytest.TempPathFactory) -> Records:
    """What the tests of the toy reach."""
    found = Records(tmp_path_factory.mktemp("record") / "reach.json", toy, [TOY])
    found.renew([TOY])
    return found


def _change(before: str, after: str) -> Change:
    told = [
        change for change in changes_of(ADDING.encode()) if (change.before, change.after) == (before, after)
    ]
    assert len(told) == 1
    return told[0]


def _try(toy: Path, folder: Path, change: Change, *tests: str) -> Verdict:
    trial = Trial("toy", "pipeline/toy/adding.py", change, tests, 0.1)
    (verdict,) = tried([trial], ["json"], folder, 1, lambda _: None, toy, least=2)
    return verdict


class TestRules:
    @pytest.mark.parametrize(
        ("line", "kind", "expected"),
        [
            ("a < b", "comparison", {"a <= b", "a >= b"}),
            ("a >= b", "comparison", {"a > b", "a < b"}),
            ("a == b", "comparison", {"a != b"}),
            ("a not in b", "comparison", {"a in b"}),
            ("(a) is not (b)", "comparison", {"(a) is (b)"}),
            ("if f(a): b()", "condition", {"if not (f(a)): b()"}),
            ("if f(a): b()", "guard", {"if True: b()"}),
            ("x = [a for a in b if c]", "guard", {"x = [a for a in b if True]"}),
            ("x = 3", "number", {"x = 4", "x = 2"}),
            ("x = 40", "number", {"x = 80", "x = 20"}),
            ("x = 0.5", "number", {"x = 1.0", "x = 0.25"}),
            ("x = a and b and c", "operator", {"x = a or b and c", "x = a and b or c"}),
            ("x = not a", "operator", {"x = (a)"}),
            ("x = a // b", "operator", {"x = a * b"}),
            ("def f(): return a", "answer", {"def f(): return None"}),
            ("def f(): return True", "answer", {"def f(): return False"}),
            ("def f(): yield a", "answer", {"def f(): None if True else (yield a)"}),
            ("gone(a)", "call", {"None"}),
            ("x = a == 'sent'", "string", {"x = a == 'sent~'"}),
            ("x = a in {'sent', b}", "string", {"x = a in {'sent~', b}"}),
            ("x = found('E120', a)", "string", {"x = found('E120~', a)"}),
        ],
    )
    def test_each_changes_what_it_names(self, line: str, kind: str, expected: set[str]) -> None:
        assert {change.after for change in changes_of(line.encode()) if change.kind == kind} == expected

    @pytest.mark.parametrize(
        "line",
        [
            '"""Says 3 > 2."""',
            "x: Literal[3]",
            "def f(a: int | None) -> Literal[3]: ...",
            "@cache(3)\ndef f(): ...",
            "if TYPE_CHECKING: import a",
            "x = f'{a > 3}'",
            "x = 'a text that is no state'",
            "MOST_BYTES = 100_000_000",
        ],
    )
    def test_what_decides_nothing_is_left_alone(self, line: str) -> None:
        assert changes_of(line.encode()) == []

    def test_places_are_right_after_letters_of_two_bytes(self) -> None:
        source = 'x = ("първо", a > 1)\n'.encode()
        (_, moved) = [change for change in changes_of(source) if change.kind == "comparison"]
        assert moved.applied_to(source).decode() == 'x = ("първо", a >= 1)\n'

    def test_a_change_keeps_its_key_when_its_lines_move(self) -> None:
        keys = {change.key() for change in changes_of(ADDING.encode())}
        moved = ADDING.replace("\n\ndef", "\n\nOTHER = 'x'\n\n\ndef")
        assert {change.key() for change in changes_of(moved.encode())} == keys
        other = ADDING.replace("min(", "max(")
        assert {change.key() for change in changes_of(other.encode())} != keys


class TestTrials:
    def test_a_planted_change_is_noticed_by_the_test_that_looks(self, toy: Path, tmp_path: Path) -> None:
        tests = (
            "tests/toy/test_adding.py::test_nothing_is_said_here",
            "tests/toy/test_adding.py::test_fewer_are_added",
        )
        verdict = _try(toy, tmp_path, _change("place = 0", "place = 1"), *tests)
        assert verdict.noticed
        assert verdict.by == "tests/toy/test_adding.py::test_fewer_are_added"

    def test_a_change_that_alters_nothing_lives(self, toy: Path, tmp_path: Path) -> None:
        change = _change("result += numbers[place] * 1", "result += numbers[place] / 1")
        verdict = _try(toy, tmp_path, change, "tests/toy/test_adding.py::test_three_are_added")
        assert not verdict.noticed

    def test_a_change_that_hangs_is_noticed(self, toy: Path, tmp_path: Path) -> None:
        change = _change("place += 1", "place += 0")
        verdict = _try(toy, tmp_path, change, "tests/toy/test_adding.py::test_fewer_are_added")
        assert verdict.noticed
        assert verdict.by.startswith("hangs")

    def test_a_change_that_no_test_reaches_lives(self, toy: Path, tmp_path: Path) -> None:
        assert not _try(toy, tmp_path, _change("place = 0", "place = 1")).noticed

    def test_the_repository_is_only_read(self, toy: Path, tmp_path: Path) -> None:
        def state() -> dict[str, str]:
            files = [path for path in toy.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
            return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

        before = state()
        _try(
            toy, tmp_path, _change("place = 0", "place = 1"), "tests/toy/test_adding.py::test_fewer_are_added"
        )
        assert state() == before

    def test_only_what_the_changed_module_has_no_part_in_is_loaded_before(self, toy: Path) -> None:
        assert "pipeline.toy.apart" in untouched(toy, "pipeline/toy/adding.py")
        assert not {"pipeline.toy.adding", "pipeline.toy.using"} & untouched(toy, "pipeline/toy/adding.py")

    def test_a_module_edited_after_the_sample_was_drawn_is_refused(self, toy: Path, tmp_path: Path) -> None:
        change = _change("place = 0", "place = 1")._replace(line=1)
        with pytest.raises(RuntimeError, match="was edited after"):
            _try(toy, tmp_path, change, "tests/toy/test_adding.py::test_fewer_are_added")

    def test_a_test_that_fails_on_the_program_as_it_is_ends_the_trial(
        self, toy: Path, tmp_path: Path
    ) -> None:
        broken = toy / "tests/toy/test_broken.py"
        broken.write_text("def test_it():\n    assert not 'as it is'\n", "utf-8")
        try:
            with pytest.raises(RuntimeError, match=r"unchanged: tests/toy/test_broken\.py::test_it fails"):
                _try(toy, tmp_path, _change("place = 0", "place = 1"), "tests/toy/test_broken.py::test_it")
        finally:
            broken.unlink()


class TestChoosing:
    def test_the_tests_that_execute_a_line_are_known(self, records: Records) -> None:
        reaching = records.of(TOY, "pipeline/toy/adding.py")
        tests = {each.test.partition("::")[2] for each in reaching}
        assert tests == {"test_three_are_added", "test_fewer_are_added"}

    def test_what_was_recorded_is_not_recorded_again_until_something_changes(
        self, toy: Path, records: Records, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[list[str]] = []

        def recorded(names: list[str], *_: object) -> dict[str, object]:
            asked.append(names)
            return {"tests": {}, "shared": {}, "libraries": []}

        monkeypatch.setattr("tests.bench.mutation.records._recorded", recorded)
        records.renew([TOY])
        assert asked == []
        module = toy / "pipeline/toy/adding.py"
        module.write_text(f"{ADDING}# more\n", "utf-8")
        try:
            Records(records.path, toy, [TOY]).renew([TOY])
        finally:
            module.write_text(ADDING, "utf-8")
        assert asked == [["tests/toy/test_adding.py"]]

    def test_the_cheapest_that_execute_the_line_come_first_as_far_as_time_allows(self) -> None:
        change = _change("place += 1", "place += 2")

        def reach(name: str, seconds: float, *lines: int) -> Reach:
            return Reach(f"tests/{name}", seconds, {}, {"m.py": frozenset(lines)})

        here, far = change.line, change.line + 40
        reaching = [reach("a.py::far", 1, far), reach("a.py::near", 2, here), reach("a.py::dear", 9, here)]
        reaching.append(reach("b.py::other", 1, far))
        assert [each.test for each in chosen(change, "m.py", reaching, 5)] == [
            "tests/a.py::near",
            "tests/a.py::far",
        ]
        assert [each.test for each in chosen(change, "m.py", reaching, 1)] == ["tests/a.py::near"]

    def test_every_test_has_its_turn_before_further_cases_of_one(self) -> None:
        change = _change("place += 1", "place += 2")
        lines = {"m.py": frozenset([change.line])}
        names = ["one[a]", "one[b]", "one[c]", "two"]
        reaching = [Reach(f"tests/a.py::{name}", cost, {}, lines) for cost, name in enumerate(names, 1)]
        tests = [each.test.partition("::")[2] for each in chosen(change, "m.py", reaching, 99)]
        assert tests == ["one[a]", "two", "one[b]", "one[c]"]

    def test_a_test_that_executes_little_else_comes_before_a_cheaper_one_that_executes_much(self) -> None:
        change = _change("place += 1", "place += 2")
        wide = Reach("tests/a.py::wide", 1, {}, {"m.py": frozenset(range(100))})
        narrow = Reach("tests/a.py::narrow", 2, {}, {"m.py": frozenset([change.line])})
        assert chosen(change, "m.py", [wide, narrow], 99) == [narrow, wide]

    def test_a_shared_fixture_is_paid_once(self) -> None:
        change = _change("place += 1", "place += 2")
        lines = {"m.py": frozenset([change.line])}
        reaching = [
            Reach(f"tests/a.py::{name}", 1, {"fixture": 6}, lines) for name in ("one", "two", "three")
        ]
        assert len(chosen(change, "m.py", reaching, 8)) == 2


class TestDrawing:
    def test_a_sample_is_the_same_for_a_seed_and_another_for_another(self) -> None:
        first = drawn(GROUPS["judge"], 20, 1)
        assert first == drawn(GROUPS["judge"], 20, 1)
        assert first != drawn(GROUPS["judge"], 20, 2)
        assert len(first) == 20

    def test_every_change_drawn_is_a_program(self) -> None:
        for module, change in drawn(GROUPS["preflight"], 40, 3):
            compile(change.applied_to((REPOSITORY / module).read_bytes()), module, "exec")

    def test_every_part_is_of_modules_and_tests_that_exist(self) -> None:
        for group in GROUPS.values():
            assert list(group.modules(REPOSITORY))
            assert all((REPOSITORY / name).exists() for name in group.tests)


class TestEquivalents:
    def test_the_file_matches_the_program_and_gives_reasons(self) -> None:
        old = out_of_date(equivalents(), REPOSITORY)
        assert old == [], (
            "look at these lines again: name the change anew, with its reason, or remove the entry"
        )

    def test_an_entry_is_read_back_and_an_old_one_is_told(self, toy: Path, tmp_path: Path) -> None:
        module = "pipeline/toy/adding.py"
        change = _change("result += numbers[place] * 1", "result += numbers[place] / 1")
        file = tmp_path / "equivalents.toml"
        file.write_text(
            entry(module, change).replace('reason = ""', 'reason = "One changes nothing."'), "utf-8"
        )
        named = equivalents(file)
        assert is_equivalent(module, change, named)
        assert out_of_date(named, toy) == []
        gone = Equivalent(module, "0123456789abcdef", "a", "b", "No such line.")
        silent = named[0]._replace(reason=" ")
        assert out_of_date([gone, silent], toy) == [gone, silent]

    @pytest.mark.parametrize("text", ["x = 'a'", 'x = "a"', "x = 'a' + \"\\b\"", "x = a"])
    def test_any_line_can_be_entered(self, text: str, tmp_path: Path) -> None:
        change = Change("number", "", 1, 0, 1, "y", text, textwrap.dedent(text))
        (tmp_path / "it.toml").write_text(entry("a.py", change), "utf-8")
        assert equivalents(tmp_path / "it.toml")[0].before == text
