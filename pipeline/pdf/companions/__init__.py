"""Plain texts that accompany a PDF: job ticket for the print shop, deposit letter for the library."""
