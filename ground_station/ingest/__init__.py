"""From the broker into the database: take a message apart, store it in one transaction, then acknowledge it."""
