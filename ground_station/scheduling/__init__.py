"""The day's schedule: made better with a solver, and measured against published problems."""
