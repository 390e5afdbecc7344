"""Content streams of a PDF interpreted: the objects its pages paint, read from any file however broken."""
