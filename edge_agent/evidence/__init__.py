"""The proof of a finding: the part of the best frame round the object, masked where people could be recognised, and signed."""
