"""What the engine set, read and drew before, kept by its content: changes to the engine, each with its guard."""
