"""Use cases of the archive: filing, rebuilding, restoring, and publishing the site."""
