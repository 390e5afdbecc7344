"""The plain texts that go with a PDF: to the print shop, and to the national library."""
