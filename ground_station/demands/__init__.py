"""The demand register: who wants what looked at; standing demands with their changes, and those that came in besides."""
