"""The public keys by which the ground knows an aircraft's evidence."""
