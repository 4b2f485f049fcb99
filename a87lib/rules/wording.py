"""Findings in words, and as plain data."""

from __future__ import annotations

from datetime import date
from typing import Any

from a87lib import framework
from a87lib.facts import PartialDate
from a87lib.facts.codes import Coded
from a87lib.language import has, say
from a87lib.rules.finding import Finding, Reason


def sentence(finding: Finding, language: str) -> str:
    """The finding as a sentence: by rule and answer (or value), as institutions would say it."""
    verdict = str(finding.answer) if finding.answer is not None else f"is_{finding.value}"
    own = f"finding.{finding.rule}.{verdict}"
    if has(f"{own}.erased", language) and any(
        reason.key == "content_not_on_file" for reason in finding.because
    ):
        own += ".erased"
    key = own if has(own, language) else f"finding.any.{verdict}"
    return say(key, language, **_args(finding, language))


def _args(finding: Finding, language: str) -> dict[str, Any]:
    args: dict[str, Any] = {
        "rule": say(f"rule.{finding.rule}", language),
        "asof": finding.asof,
        "value": finding.value if finding.value is not None else "",
        "since": finding.since if finding.since is not None else "",
        "next_on": finding.next_on if finding.next_on is not None else "",
    }
    if finding.meeting is not None:
        args["meeting"] = finding.meeting
    about = finding.about
    if "seat" in about:
        about["seat"] = Coded("seat", about["seat"])
    if "indicator" in about:
        about["indicator"] = _named(about["indicator"], language)
    return args | about


def _named(indicator: str, language: str) -> str:
    """An indicator by its code and, where the framework knows it, its name."""
    known = framework.load().indicators
    return f"{indicator} ({known[indicator].name[language]})" if indicator in known else indicator


def reason_sentence(reason: Reason, language: str) -> str:
    """A reason as a sentence."""
    cycle = {} if reason.cycle is None else {"cycle": reason.cycle}
    return say(f"reason.{reason.key}", language, **cycle, **reason.args)


def as_data(finding: Finding, language: str | None = None) -> dict[str, Any]:
    """The finding as JSON data (schema: `a87 findings --schema`); with sentences in a language."""
    data: dict[str, Any] = {
        "rule": finding.rule,
        "subject": finding.subject,
        "asof": finding.asof.isoformat(),
        "answer": None if finding.answer is None else str(finding.answer),
        "value": _plain(finding.value),
        "since": _plain(finding.since),
        "next_on": _plain(finding.next_on),
        **dict.fromkeys(("cycle", "criterion", "seat", "indicator")),
        **finding.about,
        "because": [_reason(reason, language) for reason in finding.because],
        "paragraph": finding.paragraph,
        "parameters": {name: _plain(value) for name, value in finding.parameters.items()},
        "interpretations": list(finding.interpretations),
    }
    if language is not None:
        data["sentence"] = sentence(finding, language)
    return data


def _reason(reason: Reason, language: str | None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "key": reason.key,
        "cycle": reason.cycle,
        "entries": list(reason.entries),
        "args": {name: _plain(value) for name, value in reason.args.items()},
    }
    if language is not None:
        data["sentence"] = reason_sentence(reason, language)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, (date, PartialDate)):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)
