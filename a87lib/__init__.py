"""Domain logic of the Alliance 8.7 review workbench: texts, facts, register, rules, documents."""

import sys

__version__ = "0.1.0"

# Jupyter's packages import jsonschema, which then compiles a grammar of internationalised addresses
# for more than a second. Nothing here checks such addresses: as if it were not installed.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
