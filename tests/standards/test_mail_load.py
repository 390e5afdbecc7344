"""An independent mail sink receives every message over TLS; `mail_load` measures the speed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bench.mail_load import SINK, sink
from tests.bench.measuring import run

if TYPE_CHECKING:
    from tests.support.mail_servers import Authority

pytestmark = pytest.mark.skipif(
    not Path(SINK).exists() and not os.environ.get("CI"), reason="the sink is of Debian's postfix"
)


@pytest.mark.parametrize("side", ["ours", "bare"])
def test_a_mail_sink_receives_every_message(certificates: Authority, tmp_path: Path, side: str) -> None:
    with sink(certificates.localhost) as port:
        command = [sys.executable, "-m", "tests.bench.mail_sender", side, str(port), "60", "50000"]
        done = run(command, tmp_path, {"SSL_CERT_FILE": str(certificates.ca)})
    assert 48_000 < json.loads(done.said)["bytes"] < 52_000
