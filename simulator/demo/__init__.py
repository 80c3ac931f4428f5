"""The whole of OneFlight in one command: starts every process, flies, and reports against the truth."""
