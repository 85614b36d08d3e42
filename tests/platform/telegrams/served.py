"""The house behind a real port, in the transaction of the test. pytest-django's own server empties
all tables after a test, which the books refuse."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test.testcases import QuietWSGIRequestHandler, ThreadedWSGIServer


class _Server(ThreadedWSGIServer):
    def _close_connections(self) -> None:
        """They are the test's own."""


@contextmanager
def served() -> Iterator[str]:
    """Its address, while it runs. Requests share the connections of the test, which waits for
    them."""
    shared = {alias: connections[alias] for alias in connections}
    for connection in shared.values():
        connection.inc_thread_sharing()
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    place = ("127.0.0.1", 0)
    server = _Server(place, QuietWSGIRequestHandler, connections_override=shared)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        for moment in (request_started, request_finished):
            moment.connect(close_old_connections)
        for connection in shared.values():
            connection.dec_thread_sharing()
