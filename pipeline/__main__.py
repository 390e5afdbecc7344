"""The process of the command `bulletin`, and `python -m pipeline`."""

import atexit
import sys
from typing import NoReturn

from pipeline.cli.starting import leave, prepare_process


def run() -> NoReturn:
    """Run the command and end the process with its exit status."""
    # What is registered first is called last.
    atexit.register(leave, status := [])
    prepare_process()
    # What they import is loaded in the prepared process.
    from pipeline.cli.main import main  # noqa: PLC0415
    from pipeline.page.engine.memory.frames import with_room  # noqa: PLC0415

    status.append(with_room(main)())
    sys.exit(status[0])


if __name__ == "__main__":
    run()
