"""The files of each format, read into one data structure: mail, calendars, Markdown, plain text, others.

Word is read by `importing.word`, web pages by `importing.html`; LibreOffice turns what else it knows into
Word.
"""
