"""The report page: one file that opens anywhere, without a network."""
