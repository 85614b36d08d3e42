"""A receiver that is registered by its path."""

from meibo.platform.telegrams.receivers import Handed

HEARD: list[Handed] = []


def hear(one: Handed) -> None:
    HEARD.append(one)
