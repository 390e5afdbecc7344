"""The templates of pages, and the environment in which they are filled."""
