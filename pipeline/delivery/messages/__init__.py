"""Messages: header fields, MIME body, template messages, DKIM signatures and previews."""
