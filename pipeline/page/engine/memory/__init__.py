"""What the engine set, read and drew before, kept by its content: changes to it, each with its guard."""
