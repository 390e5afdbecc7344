"""Where the lines of a paragraph end, chosen for the whole paragraph at once; pure, without an engine."""
