"""The command line: thin; each command is a module with `add` (its options) and `run` (what it does)."""
