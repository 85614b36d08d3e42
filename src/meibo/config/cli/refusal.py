"""What a command says when it can't do what was asked."""


class RefusedError(Exception):
    """The request can't be carried out; the message says what to do, in Japanese."""
