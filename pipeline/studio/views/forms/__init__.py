"""Forms: which fields there are, how they are shown, and which values a form that was sent changes."""
