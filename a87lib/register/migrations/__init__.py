"""How the register's tables came about, one step a file; run by `a87lib.register.schema`."""
