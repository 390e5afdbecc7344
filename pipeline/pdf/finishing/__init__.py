"""Finishing: tags, sheet and marks, overprint, attachments, and the standards a file claims."""
