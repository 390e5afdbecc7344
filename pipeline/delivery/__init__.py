"""Delivery: sending a filed issue to the members once each, and handling what comes back."""
