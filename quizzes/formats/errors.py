"""What is wrong with a file as a whole."""


class TableError(ValueError):
    """The file is no table that can be read; the message says why and what to do."""
