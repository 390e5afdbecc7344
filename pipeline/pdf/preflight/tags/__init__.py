"""The tree of tags of a PDF: its elements, what lies in what, tables (ISO 32000-2, 14.7 and 14.8)."""
