"""The settings of the mail: server, sender, password, and what DNS says of the domain."""
