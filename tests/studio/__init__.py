"""The studio: the bulletin written and seen in a browser."""
