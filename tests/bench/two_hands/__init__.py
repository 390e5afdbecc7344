"""Two hands at one article, and other programs beside them: no accepted word is lost."""
