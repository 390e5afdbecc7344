"""Members: reading the office's list, and selecting the recipients of a mailing."""
