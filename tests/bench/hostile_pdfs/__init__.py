"""Hostile PDFs by rule, each checked by the command as every edition in turn."""
