"""The archive: what an issue was made from, carried in its PDF and brought back."""
