"""The house style of a workspace: `issues/house.yaml`."""
