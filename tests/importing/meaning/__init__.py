"""What arrives means what it meant: letters, numbers, signs, words that are hidden or struck out."""
