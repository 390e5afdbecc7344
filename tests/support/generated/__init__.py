"""Generated issues: texts in four languages, and whole workspaces made of them."""
