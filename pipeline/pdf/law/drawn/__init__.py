"""What the pages of a PDF draw, as pdfium reads them: texts, letters, pixels, and their order of reading."""
