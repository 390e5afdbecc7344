"""Checks of finished HTML: a reader of its own, independent of what composes it."""
