"""The JSON schema of the document that `a87 findings --json` prints."""

from __future__ import annotations

from typing import Any

from a87lib.rules import Answer

_TEXT_OR_NULL = {"type": ["string", "null"]}
_INTEGER_OR_NULL = {"type": ["integer", "null"]}

_REASON = {
    "type": "object",
    "required": ["key", "cycle", "entries", "args"],
    "properties": {
        "key": {"type": "string", "description": "see a87 coverage --reasons"},
        "cycle": _INTEGER_OR_NULL,
        "entries": {"type": "array", "items": {"type": "integer"}},
        "args": {"type": "object"},
        "sentence": {"type": "string"},
    },
}

_FINDING = {
    "type": "object",
    "required": [
        "rule",
        "subject",
        "asof",
        "answer",
        "because",
        "paragraph",
        "parameters",
        "interpretations",
    ],
    "properties": {
        "rule": {"type": "string"},
        "subject": {"type": "string", "description": "a country's ISO code, a meeting, or the GCM"},
        "asof": {"type": "string", "format": "date"},
        "answer": {"enum": [*map(str, Answer), None]},
        "value": {
            "description": "what the rule adds: a status, a date, a number; null where nothing"
        },
        "since": _TEXT_OR_NULL,
        "next_on": _TEXT_OR_NULL,
        "cycle": _INTEGER_OR_NULL,
        "criterion": _TEXT_OR_NULL,
        "seat": _TEXT_OR_NULL,
        "indicator": _TEXT_OR_NULL,
        "because": {"type": "array", "items": _REASON},
        "paragraph": {"type": "string", "description": "see a87 coverage"},
        "parameters": {"type": "object"},
        "interpretations": {"type": "array", "items": {"type": "string"}},
        "sentence": {"type": "string"},
    },
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Findings",
    "type": "object",
    "required": ["asof", "findings"],
    "properties": {
        "country": _TEXT_OR_NULL,
        "meeting": _INTEGER_OR_NULL,
        "asof": {"type": "string", "format": "date"},
        "known_at": _TEXT_OR_NULL,
        "language": {"type": "string"},
        "framework": {"type": "string"},
        "findings": {"type": "array", "items": _FINDING},
    },
}
