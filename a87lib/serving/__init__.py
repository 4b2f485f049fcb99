"""Screens in a browser: who may come in, which kernel is whose, and what a page may do.

`view` and `identity` are what a dashboard asks from inside its kernel; they import nothing heavy.
The rest runs in the server that `a87 serve` starts.
"""
