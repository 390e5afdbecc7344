"""Bytes into text: by the charset declared, unless that gives nonsense; by the text itself where none is."""
