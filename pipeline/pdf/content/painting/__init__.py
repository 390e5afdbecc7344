"""What content streams paint, in the order in which they paint it."""
