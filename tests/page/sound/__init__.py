"""Sound issues of officers: built without a refusal, on pages that one would print."""
