"""Changes made to the running engine: one function in one module each, with its reason and its guard."""
