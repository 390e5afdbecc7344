"""PDF files: reading, drawing, finishing, preflight, imposition, and their companion texts."""
