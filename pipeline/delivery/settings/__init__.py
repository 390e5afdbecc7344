"""Settings of the mail: server, sender, password, and DNS records of the domain."""
