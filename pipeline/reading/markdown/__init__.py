"""Markdown: the text of an article becomes blocks and runs that know where they were written."""
