"""Searching the archive: words in every form, facts, and the history of a project."""
