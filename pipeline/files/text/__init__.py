"""Text files as they are read: decoded, composed, without characters that nobody sees."""
