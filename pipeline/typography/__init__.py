"""Typography: how words are set, in every language, and which faces have their letters."""
