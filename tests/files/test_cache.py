"""The cache returns what was stored, or nothing, even where its files are damaged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipeline.files.cache import Cache, default_folder

WRITER = """
import sys
from pathlib import Path
from pipeline.files.cache import Cache
cache = Cache(Path(sys.argv[1]))
print("writing", flush=True)
while True:
    for number in range(40):
        cache.put(f"key {number}", bytes([number]) * 200_000)
"""


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def put_often(folder: Path, seed: int) -> int:
    cache = Cache(folder)
    wrong = 0
    for number in range(60):
        key = f"key {(number * seed) % 7}"
        wanted = key.encode() * 20_000
        cache.put(key, wanted)
        wrong += cache.get(key) not in {wanted, None}
    return wrong


def test_it_gives_back_what_was_put(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.get("key") is None
    cache.put("key", b"\x00bytes\n")
    cache.put("empty", b"")
    assert cache.get("key") == b"\x00bytes\n"
    assert cache.get("empty") == b""
    assert Cache(tmp_path).get("key") == b"\x00bytes\n"
    assert cache.get("another key") is None


def test_a_newer_entry_takes_the_place_of_the_older(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("key", b"old")
    cache.put("key", b"new")
    assert cache.get("key") == b"new"
    assert len(entries(tmp_path)) == 1


@pytest.mark.parametrize("damage", [b"", b"short", None])
def test_a_damaged_entry_is_dropped(tmp_path: Path, damage: bytes | None) -> None:
    cache = Cache(tmp_path)
    cache.put("key", b"kept" * 100)
    (path,) = entries(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"!" if damage is None else damage)
    assert cache.get("key") is None
    assert not entries(tmp_path)
    cache.put("key", b"again")
    assert cache.get("key") == b"again"


def test_it_may_be_deleted_at_any_time(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("key", b"kept")
    for path in entries(tmp_path):
        path.unlink()
        path.parent.rmdir()
    assert cache.get("key") is None
    cache.put("key", b"kept")
    assert cache.get("key") == b"kept"


def test_a_folder_that_cannot_be_written_holds_nothing_and_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file" / "cache")
    cache.put("key", b"kept")
    cache.prune()
    assert cache.get("key") is None


def test_writers_at_the_same_time_do_not_harm_one_another(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        wrong = list(pool.map(put_often, [tmp_path] * 4, [1, 2, 3, 5]))
    assert wrong == [0, 0, 0, 0]
    assert len(entries(tmp_path)) == 7
    assert all(
        Cache(tmp_path).get(f"key {number}") == f"key {number}".encode() * 20_000 for number in range(7)
    )


def test_a_writer_that_is_killed_leaves_whole_entries_or_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "writing\n"
            while cache.get("key 3") is None:
                assert writer.poll() is None
            writer.send_signal(signal.SIGKILL)
        for number in range(40):
            assert cache.get(f"key {number}") in {None, bytes([number]) * 200_000}
    cache.prune(0)
    assert not entries(tmp_path), "what a killed writer left is pruned like any entry"


def test_what_was_longest_unused_is_dropped_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number, key in enumerate(["first", "second", "third"]):
        cache.put(key, b"x" * 1000)
        for path in entries(tmp_path):
            if path.stat().st_mtime > 1_000_000:
                os.utime(path, (number, number))
    assert cache.get("first") is not None
    cache.prune(2200)
    assert cache.get("second") is None
    assert cache.get("first") is not None
    assert cache.get("third") is not None


def test_the_folder_is_the_user_s_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "bulletin-press"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder() == tmp_path / ".cache" / "bulletin-press"


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        message = "Could not determine home directory."
        raise RuntimeError(message)

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", nowhere)
    cache = Cache(default_folder())
    cache.put("key", b"kept")
    assert cache.get("key") is None
