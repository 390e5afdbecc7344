"""Delivery: from a filed issue and a list of members to what the server took, each once."""
