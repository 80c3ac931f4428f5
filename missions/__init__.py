"""The shared language of OneFlight: nouns, contracts, formats and planning. Pure: no network, database or vision library."""
