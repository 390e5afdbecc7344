"""Files: the workspace, who may open what, YAML with places, the lock of what went in, and the cache."""
