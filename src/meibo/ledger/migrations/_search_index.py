"""The index over search entries: FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Own terms, kept apart by blanks: nothing to tokenise. Without positions, columns and content a
# posting is a byte or two.
_SQLITE = """
CREATE VIRTUAL TABLE ledger_searchindex USING fts5(
    terms, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '.=^@~_-'"
)
"""
# Every commit leaves a segment, and a question goes to each of them: merge as soon as there are
# two of a size, and leave fewer by writing from a larger buffer.
_SETTINGS = {"crisismerge": 2, "hashsize": 8 * 1024 * 1024}
_SET = "INSERT INTO ledger_searchindex (ledger_searchindex, rank) VALUES (%s, %s)"
# Long columns go out of line, so that a row is some sixty bytes and a scan of the hits of a
# frequent term reads few pages.
_POSTGRESQL = (
    "ALTER TABLE ledger_searchentry ADD COLUMN terms tsvector NOT NULL DEFAULT ''",
    "ALTER TABLE ledger_searchentry ALTER terms SET STORAGE EXTERNAL",
    "ALTER TABLE ledger_searchentry ALTER packed SET STORAGE EXTERNAL",
    "ALTER TABLE ledger_searchentry SET (toast_tuple_target = 128)",
    "CREATE INDEX ledger_searchindex ON ledger_searchentry USING gin (terms)"
    " WITH (fastupdate = off)",
)
# The planner does not know what it costs to fetch the terms of a row: left to itself it filters
# the whole table by them where a term is frequent. These see to it that the index is used.
_FUNCTION = """
CREATE FUNCTION {name}(wanted tsquery, low bigint, high bigint, many integer)
RETURNS SETOF bigint LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
SET jit = off SET max_parallel_workers_per_gather = 0
AS $$
    SELECT place FROM ledger_searchentry
    WHERE terms @@ wanted AND place + 0 > low AND place + 0 < high
    {order} LIMIT many
$$
"""
_FUNCTIONS = {"meibo_search_places": "ORDER BY place + 0", "meibo_search_some": ""}
# Terms of what is written wait in a list until the write ends (`gather` of the index). Up to 64 MB
# of them: some 5,000 entries; a longer list the server puts in order by itself.
_LAY_ASIDE = (
    "ALTER INDEX ledger_searchindex SET (fastupdate = on, gin_pending_list_limit = 65536)",
)
_PLACE_AT_ONCE = (
    "ALTER INDEX ledger_searchindex SET (fastupdate = off)",
    "SELECT gin_clean_pending_list('ledger_searchindex')",
)
_ARGUMENTS = "(tsquery, bigint, bigint, integer)"


def lay(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index."""
    if editor.connection.vendor != "postgresql":
        editor.execute(_SQLITE)
        for setting in _SETTINGS.items():
            editor.execute(_SET, setting)
        return
    for statement in _POSTGRESQL:
        editor.execute(statement)
    for name, order in _FUNCTIONS.items():
        editor.execute(_FUNCTION.format(name=name, order=order))


def clear(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away again."""
    if editor.connection.vendor != "postgresql":
        editor.execute("DROP TABLE ledger_searchindex")
        return
    for name in _FUNCTIONS:
        editor.execute(f"DROP FUNCTION {name}{_ARGUMENTS}")
    editor.execute("DROP INDEX ledger_searchindex")
    editor.execute("ALTER TABLE ledger_searchentry DROP COLUMN terms")


def lay_aside(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """On PostgreSQL, let the terms of a write be placed together."""
    if editor.connection.vendor == "postgresql":
        for statement in _LAY_ASIDE:
            editor.execute(statement)


def place_at_once(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """As before."""
    if editor.connection.vendor == "postgresql":
        for statement in _PLACE_AT_ONCE:
            editor.execute(statement)
