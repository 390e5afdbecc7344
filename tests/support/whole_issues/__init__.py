"""Whole issues written by tests: small workspaces, checked and built as the command does it."""
