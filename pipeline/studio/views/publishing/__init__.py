"""The views of what is published: files that are made, the archive, and the mail."""
