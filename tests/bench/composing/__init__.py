"""Measures how paragraphs are composed: `python -m tests.bench.composing`."""
