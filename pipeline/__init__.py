"""A press for bulletins: plain files in, typeset PDFs out."""
