"""The table of states as a document: `python -m tests.delivery.states.table` writes docs/mail-states.md."""

from __future__ import annotations

import ast
import inspect
from typing import Final

from pipeline.delivery.ledger import states
from pipeline.delivery.ledger.states import TABLE, Event, State
from tests.support.paths import REPOSITORY

PAGE: Final = REPOSITORY / "docs" / "mail-states.md"

_OPENING: Final = """\
# States of a delivery

What one member is to get of one filing is a delivery, a row of the ledger (`mail/ledger.sqlite`). The program
goes by the table of this page: it is the data in `pipeline/delivery/ledger/states.py`, from which the page
is made with `python -m tests.delivery.states.table`. `python -m tests.bench.mail_states` holds the program to
it.

| state | means |
|---|---|
| `queued` | to be sent |
| `sending` | an attempt has begun; no server has the message |
| `dot` | all is sent but the line with the lone dot, which is about to be sent, or was |
| `sent` | the server has answered the dot with 2xx: the message is its own |
| `deferred` | put off by the server, to be tried again after a pause |
| `failed` | refused by the server |
| `unknown` | the dot was sent, and no answer came: nobody knows |
| `withdrawn` | not sent: the recipient was suppressed before |
| `cancelled` | not sent: the office cancelled the mailing |

## Table

An empty cell: nothing changes. A dash: it cannot happen there, and is an error of the program (E372).

"""

_RULES: Final = """
## Rules

1. No event leads a suppressed recipient into `queued`, `deferred`, `sending` or `dot`: the delivery becomes
   `withdrawn`. That is looked at in the transaction that changes the state.
2. `dot` is committed before the dot is sent. Who is suppressed before that commit gets nothing; who is
   suppressed after it may have the message, for no server gives one back.
3. An event of an attempt whose delivery was withdrawn meanwhile comes too late and changes nothing: the
   mailing goes on with the next member.
4. Nothing leads out of `withdrawn` and `cancelled`: a later mailing may queue the recipient anew.
5. Forgetting leaves of a recipient only the keyed hash in the list of the suppressed: the rows of deliveries
   stay, with filing and state alone, in the ledger, its backups and its witness. If it is interrupted, the
   next command finishes it.
6. `mail/witness.sqlite` follows every change after its commit and before the next byte goes to the server. A
   ledger that knows less than its witness is an older copy: its suppressions are renewed at once, and nothing
   is sent until `bulletin mail reconcile` has brought it to what the witness, and a newer copy if there is
   one, know.
7. What a server says that is no reply of the classes 2xx, 4xx or 5xx is none: before the dot the connection
   counts as lost, after it the outcome as unknown. 421 after the dot puts off, and ends the connection.
"""


def page() -> str:
    """Return the page."""
    names = [state.value for state in State]
    lines = [f"| event | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for event, row in TABLE.items():
        cells = [
            "–" if row[state] is None else "" if row[state] is state else str(row[state]) for state in State
        ]
        lines.append(f"| {event} | {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |"))
    told = [f"- **{event}**: {text}" for event, text in _events().items()]
    return _OPENING + "\n".join([*lines, "", *told]) + "\n" + _RULES


def _events() -> dict[Event, str]:
    """Return what each event means, as the module documents it."""
    (made,) = [
        node
        for node in ast.parse(inspect.getsource(states)).body
        if isinstance(node, ast.ClassDef) and node.name == Event.__name__
    ]
    told: dict[Event, str] = {}
    last: Event | None = None
    for node in made.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            last = Event[node.targets[0].id]
        elif isinstance(node, ast.Expr) and last is not None:
            assert isinstance(node.value, ast.Constant)
            told[last] = str(node.value.value).strip()
    return told


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
