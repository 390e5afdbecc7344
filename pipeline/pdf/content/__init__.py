"""What the pages of a PDF paint, operator by operator, read from any file however broken."""
