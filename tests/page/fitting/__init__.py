"""Pages filled as a maker-up would fill them."""
