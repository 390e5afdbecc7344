"""The command `bulletin`: arguments in, words and an exit status out."""
