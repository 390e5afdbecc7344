"""Articles as an editor shows them, and edits written back into the text that is there."""
