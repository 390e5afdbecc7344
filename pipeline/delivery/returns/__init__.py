"""Returned messages: bounces and other replies, and the unsubscribe page."""
