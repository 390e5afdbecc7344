"""What `check` passes is built: `python -m tests.bench.check_keeps`."""
