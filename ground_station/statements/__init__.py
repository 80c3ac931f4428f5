"""Statements: what each department bears of a period's flights, and what flying department by department would have taken."""
