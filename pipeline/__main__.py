"""The process of the command `bulletin`, and `python -m pipeline`."""

import gc
import os
import sys
from typing import Final, NoReturn

_ALLOCATIONS_BETWEEN_COLLECTIONS: Final = 200_000


def run() -> NoReturn:
    """Run the command and end the process with its exit status."""
    # Imports and parsing make many objects that stay. Python would look through them for garbage every 700
    # allocations, and once more at the end, which takes a fifth of the time of a check.
    gc.set_threshold(_ALLOCATIONS_BETWEEN_COLLECTIONS)
    # Pydantic would search all installed packages for plugins; this program has none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from pipeline.cli.main import main  # noqa: PLC0415 - its imports are the first of these objects

    status = main()
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    run()
