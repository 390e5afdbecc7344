"""Word files and mails by rule, imported one after the other."""
