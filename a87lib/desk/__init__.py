"""The verbs people use; the only writer of the register. One file per part of the work."""
