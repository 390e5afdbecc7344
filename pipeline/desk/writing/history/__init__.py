"""Every version that was read or written, by its content, with a journal of what happened to it."""
