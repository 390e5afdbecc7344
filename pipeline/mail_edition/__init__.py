"""The mail edition: HTML and plain text for the inbox, from one content."""
