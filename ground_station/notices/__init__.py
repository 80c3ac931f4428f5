"""What departments are told of the day plan: what they asked for and waits, with the reason and until when."""
