"""Preflight: a PDF is checked against the requirements of a print shop, a reader or an archive."""
