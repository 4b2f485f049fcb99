"""The register as CSV tables with a Frictionless data package (BR-IMP-1).

    from a87lib import export
    export.write(folder, register, visible_to="public")
    export.read(folder)  # the same tables, typed

An export holds what its reader may see and numbers it anew, so that no gap tells of anything else.
"""

from a87lib.export.package import write
from a87lib.export.reading import read
from a87lib.export.tables import Table, tables

__all__ = ["Table", "read", "tables", "write"]
