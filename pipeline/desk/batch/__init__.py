"""Many jobs side by side, by processes of this machine or a cluster."""
