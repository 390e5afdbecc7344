"""What a typographer would measure on finished pages, read from the PDF with pdfium alone."""
