"""The kinds of article: a module for each, with its fields and what each outlet shows of them."""
