"""PDF files: pictures and texts of their pages, and sheets for an office printer."""
