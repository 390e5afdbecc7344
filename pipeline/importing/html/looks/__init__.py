"""What a page says by its style sheets and by the habits of programs, written onto its elements."""
