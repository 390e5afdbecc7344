"""The process of the studio: its server, the one that runs already, the browser and the start icon."""
