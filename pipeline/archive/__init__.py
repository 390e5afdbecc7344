"""The archive: issues filed for good, verified and restored."""
