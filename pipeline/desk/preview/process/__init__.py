"""The process that lays pages out beside the one that asks, and the bounds it is held to."""
