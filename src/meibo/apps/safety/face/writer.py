"""One writer for all: what comes while a transaction is being made durable goes into the next one.
So the disk's slowness is shared by everybody who waits, instead of being paid by each in turn."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from queue import SimpleQueue
from threading import Thread

from meibo.apps.safety.face.store import Item, Store

_MOST = 256  # items of one transaction
_LOG = logging.getLogger(__name__)
Outcome = bool | Exception
_Waiting = tuple[Item, asyncio.Future[bool] | None]


class Writer:
    """Keeps items by a thread of its own. Made and used in the thread of one loop."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._waiting: list[_Waiting] = []
        self._busy = False
        self._batches: SimpleQueue[list[_Waiting]] = SimpleQueue()
        Thread(target=self._work, name="answers", daemon=True).start()

    async def keep(self, item: Item) -> bool:
        """Returns when it is durable: whether there is such a person. Raises what went wrong."""
        done: asyncio.Future[bool] = self._loop.create_future()
        self._add((item, done))
        return await done

    def note(self, item: Item) -> None:
        """Keep it some time; nobody waits for it."""
        self._add((item, None))

    def _add(self, waiting: _Waiting) -> None:
        self._waiting.append(waiting)
        if not self._busy:
            self._busy = True
            # After what else has come in meanwhile, so that it goes along.
            self._loop.call_soon(self._hand_over)

    def _hand_over(self) -> None:
        batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        self._batches.put(batch)

    def _work(self) -> None:
        while True:
            batch = self._batches.get()
            outcomes = self._kept([item for item, _ in batch])
            try:
                self._loop.call_soon_threadsafe(self._settle, batch, outcomes)
            except RuntimeError:  # the server has ended meanwhile, and nobody waits any more
                return

    def _settle(self, batch: Sequence[_Waiting], outcomes: Iterable[Outcome]) -> None:
        self._busy = bool(self._waiting)
        if self._busy:
            self._hand_over()
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            if done is None or done.done():  # nobody waits, or has hung up; it is kept all the same
                continue
            if isinstance(outcome, Exception):
                done.set_exception(outcome)
            else:
                done.set_result(outcome)

    def _kept(self, items: Sequence[Item]) -> list[Outcome]:
        """All at once; where that fails, one by one, so that a bad one never takes others along."""
        try:
            return list(self._store.keep(items))
        except Exception:  # noqa: BLE001  # the thread goes on, whatever it was
            _LOG.exception("a transaction of %d answers failed", len(items))
        return [self._alone(item) for item in items]

    def _alone(self, item: Item) -> Outcome:
        try:
            self._store.afresh()
            return self._store.keep([item])[0]
        except Exception as error:  # noqa: BLE001  # told to who waits for it
            _LOG.exception("an answer could not be kept")
            return error
