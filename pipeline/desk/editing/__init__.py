"""Work on an issue as a whole: its pictures, words in all its texts, what an import left over."""
