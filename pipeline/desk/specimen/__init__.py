"""A specimen of a publication's look: colours and faces, letter and site, and a sample issue set in it."""
