"""The files of each format, read into one data structure: Word, mail, Markdown and plain text."""
