"""The second pass of the make-up: pages are filled as a maker-up would fill them."""
