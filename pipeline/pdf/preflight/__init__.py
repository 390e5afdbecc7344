"""Preflight: a PDF judged as a print shop, a reader or an archive would judge it."""
