"""Sending: SMTP transport, dispatcher, retries and throttle."""
