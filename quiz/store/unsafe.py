"""When a database can't be trusted with an answer."""


class Unsafe(Exception):
    """A database is set up so that an answer shown as saved could be lost. The message is one line."""
