"""What an interface shows of a workspace at a glance."""
