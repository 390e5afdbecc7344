"""The views of one issue: contents, articles, pictures, pages, history, and what arrives."""
