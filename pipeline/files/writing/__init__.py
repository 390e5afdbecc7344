"""Writing of files and folders, whole or not at all, by one process at a time."""
