"""What is found in an issue besides its text: pictures, and what has no room or cannot be printed."""
