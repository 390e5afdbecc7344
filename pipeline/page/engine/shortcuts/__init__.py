"""What the engine does thousands of times, in fewer steps with the same result: each with its guard."""
