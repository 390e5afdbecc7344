"""The promises of the bulletin press, each kept by a test."""
