"""TLS in front of a server that has none, in a process of its own: see `mail_load.front`."""

import sys

from tests.bench.mail_load import front

front(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
