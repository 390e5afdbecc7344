"""The views: pages made on the server, and what their forms ask for."""
