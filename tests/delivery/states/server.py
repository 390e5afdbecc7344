"""A mail server for the model of the mail: it answers what it is told to, or anything at all, at any step.

It speaks SMTP over a socket that exists in memory only, and keeps for itself which letters it has taken. It
shares no code with the program.
"""

from __future__ import annotations

import re
import smtplib
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = ("connect", "mail", "rcpt", "data", "body", "dot")
"""Where a server can do something else than all expect."""


class Answer(StrEnum):
    """What it does at a step."""

    WELL = "well"
    LATER = "later"
    FULL = "full"
    NO = "no"
    CLOSING = "closing"
    GARBAGE = "garbage"
    ODD = "odd"
    DROP = "drop"
    TAKEN_GARBAGE = "taken, then garbage"
    TAKEN_ODD = "taken, then an odd reply"
    TAKEN_DROP = "taken, then gone"


REPLIES = {
    Answer.LATER: b"451 4.7.1 later\r\n",
    Answer.FULL: b"552 5.2.2 full\r\n",
    Answer.NO: b"550 5.1.1 no such user\r\n",
    Answer.CLOSING: b"421 4.3.2 closing\r\n",
    Answer.GARBAGE: b"\x00\xff what?\r\n",
    Answer.ODD: b"120 wait a while\r\n",
    Answer.TAKEN_GARBAGE: b"O K\r\n",
    Answer.TAKEN_ODD: b"354 go on\r\n",
}
TAKING = {Answer.WELL, Answer.TAKEN_GARBAGE, Answer.TAKEN_ODD, Answer.TAKEN_DROP}
"""Answers to the dot with which the letter is the server's."""


class Server:
    """The server: its script, and what it has.

    Args:
        at_step: Called with each step and recipient before it answers.
    """

    def __init__(self, at_step: Callable[[str, str], None]) -> None:
        self.at_step = at_step
        self.script: dict[tuple[str, str], list[Answer]] = {}
        self.taken: Counter[tuple[str, str]] = Counter()
        self.last: dict[tuple[str, str], Answer] = {}

    def answer(self, step: str, to: str) -> Answer:
        """Return what it does at a step for a recipient, or for all where that is in its script."""
        self.at_step(step, to)
        for key in ((step, to), (step, "")):
            if self.script.get(key):
                return self.script[key].pop(0)
        return Answer.WELL

    def take(self, letter: bytes, to: str, answer: Answer) -> None:
        """Take a whole letter, or not."""
        found = re.search(rb"^X-Letter: (.*)\r$", letter, re.MULTILINE)
        assert found, letter
        key = found[1].decode(), to
        self.last[key] = answer
        if answer in TAKING:
            self.taken[key] += 1


class Wire:
    """One connection, seen from the client as a socket."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.is_open = True
        self._in = b""
        self._out = b"220 there\r\n"
        self._to = ""
        self._is_letter = False

    # what the client calls

    def sendall(self, data: bytes) -> None:
        if not self.is_open:
            raise ConnectionResetError
        self._in += data
        while self.is_open and self._step():
            pass

    def readline(self, _limit: int = -1) -> bytes:
        line, mark, self._out = self._out.partition(b"\n")
        return line + mark

    def recv(self, _size: int) -> bytes:
        if not self._out and self.is_open:
            raise BlockingIOError
        data, self._out = self._out, b""
        return data

    def makefile(self, _mode: str) -> Any:
        return self

    def close(self) -> None:
        self.is_open = False

    def settimeout(self, _seconds: float) -> None:
        pass

    # what the server does

    def _step(self) -> bool:
        """Heed one command, or the whole of a letter; return whether there was one."""
        if self._is_letter:
            letter, end, rest = self._in.partition(b"\r\n.\r\n")
            if not end:
                return False
            self._in, self._is_letter = rest, False
            self._end_of_letter(letter + b"\r\n")
            return True
        line, end, rest = self._in.partition(b"\r\n")
        if not end:
            return False
        self._in = rest
        self._heed(line.decode().upper(), line.decode())
        return True

    def _heed(self, command: str, line: str) -> None:
        if command.startswith("EHLO"):
            self._out += b"250 SIZE 1000000\r\n"
        elif command.startswith("MAIL"):
            self._say(self.server.answer("mail", ""), b"250 2.1.0 ok\r\n")
        elif command.startswith("RCPT"):
            found = re.search(r"<(.*?)>", line)
            assert found
            self._to = found[1]
            self._say(self.server.answer("rcpt", self._to), b"250 2.1.5 ok\r\n")
        elif command == "DATA":
            answer = self.server.answer("data", self._to)
            self._is_letter = answer is Answer.WELL
            self._say(answer, b"354 go on\r\n")
            if self.server.answer("body", self._to) is not Answer.WELL:
                self.is_open = False
        else:
            self._out += b"250 ok\r\n"

    def _end_of_letter(self, letter: bytes) -> None:
        answer = self.server.answer("dot", self._to)
        self.server.take(letter, self._to, answer)
        self.server.at_step("after the dot", self._to)
        self._say(answer, b"250 2.0.0 taken\r\n")

    def _say(self, answer: Answer, well: bytes) -> None:
        if answer in {Answer.DROP, Answer.TAKEN_DROP}:
            self.is_open = False
            return
        self._out += well if answer is Answer.WELL else REPLIES[answer]
        if answer is Answer.CLOSING:
            self.is_open = False


def connected(server: Server) -> smtplib.SMTP | None:
    """Return a connection to a server, greeted; None where it takes none."""
    if server.answer("connect", "") is not Answer.WELL:
        return None
    line = smtplib.SMTP(local_hostname="client.example.bg")
    line.sock = Wire(server)  # type: ignore[assignment]
    line.getreply()
    line.ehlo()
    return line
