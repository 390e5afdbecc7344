"""Paragraphs printed by themselves, and read back by the places of their letters."""
