"""Which model flies: a candidate takes the current one's place only where no class suffers; and the way back."""
