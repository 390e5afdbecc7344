"""The files of each format, read into one data structure: calendars, tables, Markdown, plain text, others.

Mail is read by `importing.mail`, Word by `importing.word`, web pages by `importing.html`; LibreOffice turns
what else it knows into Word.
"""
