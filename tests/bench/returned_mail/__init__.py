"""How well returned messages are sorted; `__main__.py` prints it."""
