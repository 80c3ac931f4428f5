"""What people decided about findings, as labelled pictures that a model can learn from."""
