"""Preflight: a PDF is checked for what a print shop, a reader or an archive would find wrong."""
