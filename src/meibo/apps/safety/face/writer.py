"""One writer for all: what comes while a transaction is being made durable goes into the next one.
So the disk's slowness is shared by everybody who waits, instead of being paid by each in turn."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread

from meibo.apps.safety.face.store import Item, Store

_MOST = 256  # items of one transaction
_LOG = logging.getLogger(__name__)
Outcome = bool | Exception


class Writer:
    """Keeps items by a thread of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: SimpleQueue[tuple[Item, asyncio.Future[bool] | None]] = SimpleQueue()
        Thread(target=self._work, name="answers", daemon=True).start()

    async def keep(self, item: Item) -> bool:
        """Returns when it is durable: whether there is such a person. Raises what went wrong."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.put((item, done))
        return await done

    def note(self, item: Item) -> None:
        """Keep it some time; nobody waits for it."""
        self._waiting.put((item, None))

    def _work(self) -> None:
        while True:
            batch = [self._waiting.get()]
            try:
                while len(batch) < _MOST:
                    batch.append(self._waiting.get_nowait())
            except Empty:
                pass
            outcomes = self._kept([item for item, _ in batch])
            told = [
                (done, outcome)
                for (_, done), outcome in zip(batch, outcomes, strict=True)
                if done is not None
            ]
            if told:
                told[0][0].get_loop().call_soon_threadsafe(_tell, told)

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


def _tell(told: Iterable[tuple[asyncio.Future[bool], Outcome]]) -> None:
    for done, outcome in told:
        if done.done():  # who asked has hung up; the answer is kept all the same
            continue
        if isinstance(outcome, Exception):
            done.set_exception(outcome)
        else:
            done.set_result(outcome)
