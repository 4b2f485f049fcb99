"""What a zygote has imported, and in which environment: kernels that differ need another one."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What packages read once, when a process starts or they are imported: a kernel whose environment
# differs in these needs another zygote. All else is set in the kernel itself.
AT_START = tuple(
    "PYTHON LD_ LC_ MALLOC_ MPL OPENBLAS_ OMP_ MKL_ PANDAS_ NUMEXPR_ JUPYTER_WIDGETS_".split()
)
AT_START_TOO = {"LANG", "HOME", "PATH", "MATPLOTLIBRC", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"}
# A zygote has one thread; and it does not complain of modules that a debugger could not enter.
ALWAYS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
INLINE = "module://matplotlib_inline.backend_inline"


@dataclass(frozen=True)
class Kind:
    """What one zygote has imported, and the environment that it was imported in."""

    preloaded: tuple[str, ...]
    watched: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]

    @classmethod
    def of(
        cls, preloaded: Iterable[str], watched: Iterable[str], environment: Mapping[str, str]
    ) -> Kind:
        """The kind that kernels with an environment need."""
        start = {
            name: value
            for name, value in environment.items()
            if name.startswith(AT_START) or name in AT_START_TOO
        }
        start = {"MPLBACKEND": INLINE, **start, **ALWAYS}
        return cls(tuple(preloaded), tuple(watched), tuple(sorted(start.items())))

    @property
    def socket(self) -> str:
        """The name of its socket."""
        whole = json.dumps([sys.executable, self.preloaded, self.watched, self.environment])
        return hashlib.sha256(whole.encode("ascii")).hexdigest()[:16] + ".socket"
