"""The agent of one aircraft: flies, sees, places, stores, tells."""
