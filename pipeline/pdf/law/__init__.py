"""The law of the page: what the files say is held against what the pages of a PDF show.

`law.law_of_the_page` compares the typeset issue (`expected.issue`) with what is drawn (`drawn.drawn_text`,
read by pdfium): word by word (`matching`), in reading order (`drawn.reading_order`), with the drawn pixels
(`visibility`). It shares no code with what composes pages or writes PDFs.
"""
