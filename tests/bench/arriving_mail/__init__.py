"""Mails by rule, imported one after the other: placed or listed, never silently other."""
