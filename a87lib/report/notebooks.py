"""Notebooks from text and back, with the types that their library leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import nbformat
from nbformat import NotebookNode

from_text: Callable[[str], NotebookNode] = partial(nbformat.reads, as_version=4)
to_text: Callable[[NotebookNode], str] = partial(nbformat.writes, version=4)
copied: Callable[[Mapping[str, Any]], NotebookNode] = nbformat.from_dict
"""A copy, down to the last cell; mappings become nodes."""
