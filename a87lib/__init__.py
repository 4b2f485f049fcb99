"""Domain logic of the Alliance 8.7 review workbench: texts, facts, register, rules, documents."""

import sys
from typing import Any

__version__ = "0.1.0"

# Jupyter's packages import jsonschema, which then compiles a grammar of internationalised addresses
# for about a second, in every server, kernel and batch; nothing here checks such addresses. It is
# named here because all of them import this first. None is Python's own word for "not installed".
_NOT_INSTALLED: Any = None
sys.modules.setdefault("rfc3987_syntax", _NOT_INSTALLED)
