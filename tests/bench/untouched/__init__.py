"""Articles opened and saved untouched, and with one word changed, by the hundreds."""
