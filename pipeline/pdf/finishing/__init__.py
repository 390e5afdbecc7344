"""Finishing: tags, sheet and marks, overprint, attachments, and what a file claims to be."""
