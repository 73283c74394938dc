-- A report and all that follows it. What a table keeps, and what a thief of it would learn, is in docs/data-retention.md.
-- Days are whole days since 1970-01-01 in the organisation's time zone: nothing finer is kept about a reporter.
-- Tables have no row ids: those would number the reports of all reporters in the order in which they came.
-- Absent values are '' or -1, so that one SQL text serves every database (no typed NULLs).

CREATE TABLE cases (
    id                 TEXT    NOT NULL PRIMARY KEY,
    access_hash        BLOB    NOT NULL UNIQUE, -- SHA-256 of the access key; the key itself is never here
    mailbox_public_key TEXT    NOT NULL,        -- replies are sealed to it
    public_key         TEXT    NOT NULL,        -- entries are sealed to it
    kind               TEXT    NOT NULL,        -- concern | question
    status             TEXT    NOT NULL,
    outcome            TEXT    NOT NULL DEFAULT '',
    addressed_to       TEXT    NOT NULL DEFAULT '', -- chosen recipient who was told but holds no grant
    received_day       INTEGER NOT NULL,
    acknowledged_day   INTEGER NOT NULL DEFAULT -1,
    updated_day        INTEGER NOT NULL,        -- last day the reporter was told something
    revision           INTEGER NOT NULL         -- grows by one with each change; orders entries and events of one case
) STRICT, WITHOUT ROWID;

CREATE INDEX cases_by_addressee ON cases (addressed_to, received_day, id) WHERE addressed_to <> '';

-- One sealed item of a case. The key says which: ('report', 0), ('message', 1), ('message', 2), ('reply', 1) …
CREATE TABLE entries (
    case_id    TEXT    NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    replay_tag BLOB    NOT NULL,  -- keyed by the retrieval token: recognises a form that was sent twice
    sealed     BLOB    NOT NULL,
    PRIMARY KEY (case_id, kind, number)
) STRICT, WITHOUT ROWID;

-- The case's private key, sealed to one recipient.
CREATE TABLE grants (
    case_id      TEXT    NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    recipient_id TEXT    NOT NULL,
    public_key   TEXT    NOT NULL,
    received_day INTEGER NOT NULL, -- the case's, repeated here so that one index serves a recipient's listing
    sealed       BLOB    NOT NULL,
    PRIMARY KEY (case_id, recipient_id, public_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX grants_by_holder ON grants (recipient_id, public_key, received_day, case_id);

-- What happened to a case, without content.
CREATE TABLE events (
    case_id  TEXT    NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    kind     TEXT    NOT NULL, -- received | told | opened | status | reply | message | note
    actor    TEXT    NOT NULL, -- recipient id, 'reporter' or 'service'
    detail   TEXT    NOT NULL DEFAULT '', -- the recipient told, or the new status with its outcome
    PRIMARY KEY (case_id, position)
) STRICT, WITHOUT ROWID;
