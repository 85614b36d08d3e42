"""Making and changing plans. Each deed is noted with the plan's number alone: a subject's own log
must not tell of a plan."""
