"""The engine's lines, kept by their content: changes to the engine, each with its guard."""
