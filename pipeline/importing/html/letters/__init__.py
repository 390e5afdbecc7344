"""The pages of letters: what they quote or send on, and their signatures, in the habits of mail programs."""
