"""HTML, read into an incoming text; the other formats are converted to HTML and read here too."""
