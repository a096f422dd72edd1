"""The command line: the engines of the core from a shell, without a database."""
