-- The record: a log that can only grow of what happened to cases, without content (docs/record.md). Events enter it when
-- their day has ended, mixed, so that no number here follows the order in which reporters came.

-- Digest of the sealed entries that came with an event, taken in the statement that writes the event; empty for none.
ALTER TABLE events ADD COLUMN entries_digest BLOB NOT NULL DEFAULT x'';
-- Number of the event's leaf; -1 until its day has ended.
ALTER TABLE events ADD COLUMN leaf INTEGER NOT NULL DEFAULT -1;

CREATE INDEX events_to_enter ON events (day) WHERE leaf < 0;

-- What stands in the tree. Most leaves say nothing: they hide how many say something.
CREATE TABLE record_leaves (
    number     INTEGER NOT NULL PRIMARY KEY, -- from 0
    secret     BLOB    NOT NULL,             -- 16 bytes, hides what the leaf says
    commitment BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- Hashes of complete subtrees, which never change.
CREATE TABLE record_nodes (
    number INTEGER NOT NULL PRIMARY KEY, -- in the order in which they become complete
    hash   BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- One signed head for each day that was closed. The day as key lets only one of several servers close it.
CREATE TABLE record_heads (
    day       INTEGER NOT NULL PRIMARY KEY,
    size      INTEGER NOT NULL UNIQUE, -- leaves up to here
    root      BLOB    NOT NULL,
    previous  BLOB    NOT NULL,        -- digest of the head before
    signature BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- Cases that were erased: their leaves stay and open to nothing.
CREATE TABLE record_erasures (
    case_tag BLOB    NOT NULL PRIMARY KEY, -- SHA-256 over the case's id, which is gone
    day      INTEGER NOT NULL,
    leaves   TEXT    NOT NULL,             -- their numbers, with spaces between
    leaf     INTEGER NOT NULL DEFAULT -1   -- number of the leaf that says so
) STRICT, WITHOUT ROWID;
