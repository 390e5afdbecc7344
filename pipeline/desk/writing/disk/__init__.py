"""Files read when they are whole, and replaced so that nobody's words are lost."""
