"""Sending: message by message to a server, each once."""
