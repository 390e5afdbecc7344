"""The process of the command `bulletin`, and `python -m pipeline`."""

import gc
import sys
from typing import NoReturn

from pipeline.cli.starting import prepare_process


def run() -> NoReturn:
    """Run the command and end the process with its exit status."""
    prepare_process()
    # What they import is loaded in the prepared process.
    from pipeline.cli.main import main  # noqa: PLC0415
    from pipeline.page.engine.memory.frames import with_room  # noqa: PLC0415

    status = with_room(main)()
    # Python would look through all objects for garbage once more at the end.
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    run()
