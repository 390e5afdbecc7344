"""The local web face: the bulletin written and seen in a browser."""
