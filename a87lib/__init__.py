"""Domain logic of the Alliance 8.7 review workbench: texts, facts, register, rules, documents."""

__version__ = "0.1.0"
