"""The engine's lines and lengths, kept by their content: changes to the engine, each with its guard."""
