"""A layout kept between edits: what an edit does not touch is neither styled nor laid out again."""
