"""What the engine remembers, and the room it has for its calls."""
