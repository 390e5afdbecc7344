"""Measures the finished pages of four bulletins: `python -m tests.bench.pages`."""
