"""Mail in files: the message, its headers, its parts and attachments, its plain text."""
