"""Whether what a page paints as text can be seen and read."""
