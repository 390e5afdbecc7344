"""The archive in use: filing, making again, restoring, and the site."""
