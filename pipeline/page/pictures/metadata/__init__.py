"""What a picture file says besides its picture: taken out without touching a pixel."""
