"""Mutation testing of the rules: a small fault is put in, and some case or test must notice."""
