"""Messages: headers, bodies and signatures of the letters that go out."""
