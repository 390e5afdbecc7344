"""What comes back: bounces, and wishes to unsubscribe."""
