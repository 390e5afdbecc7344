"""Kills of `build` and `archive file` at seeded moments, through the command."""
