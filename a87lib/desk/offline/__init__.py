"""An assessment on a workbook: downloaded, filled in without a connection, uploaded as a draft.

`made` writes the form with what is drafted so far; `taken` reads it back; `faults_of` looks at the
form alone. A form says inside whose it is and what it started from: where the draft or what was
delivered changed since, it is refused.
"""

from a87lib.desk.offline.filled import Change, faults_of, taken
from a87lib.desk.offline.form import made

__all__ = ["Change", "faults_of", "made", "taken"]
