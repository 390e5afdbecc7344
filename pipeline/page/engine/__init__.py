"""The one door to the engine that lays pages out (WeasyPrint)."""
