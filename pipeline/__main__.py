"""The process of the command `bulletin`, and `python -m pipeline`."""

from typing import NoReturn

from pipeline.cli.starting import end_process, prepare_process


def run() -> NoReturn:
    """Run the command and end the process with its exit status."""
    prepare_process()
    from pipeline.cli.main import main  # noqa: PLC0415 - what it imports is loaded in the prepared process

    end_process(main())


if __name__ == "__main__":
    run()
