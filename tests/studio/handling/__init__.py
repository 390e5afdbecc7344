"""What a view is handled with: presses, keys, drags, and what comes between them."""
