"""The commands of the mail and of the list of members: `bulletin mail …`, `bulletin members …`."""
