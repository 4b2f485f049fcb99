"""Workbooks as people, programs and attackers send them: each made by a readable function.

`good` holds what must be taken in, `bad` what must be refused: each case says with which code, at
which cell. Nothing here is a stored file.
"""
