"""What happens now, told to every console."""
