"""The commands of the archive: `bulletin archive …`."""
