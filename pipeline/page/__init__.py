"""The page: the typeset issue becomes HTML, with its style, pictures, inks and figures."""
