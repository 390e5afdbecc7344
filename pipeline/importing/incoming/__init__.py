"""What comes in: Word, mail, web pages, Markdown and pictures, read into one shape."""
