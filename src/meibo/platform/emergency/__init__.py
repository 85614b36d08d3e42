"""非常時: an event, opened by crisis management, in which the `e` of 公開基準 holds. It closes by
itself; every look is noted, and told to whom it was of. Its pages are the app `safety`'s."""
