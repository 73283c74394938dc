-- Recipients prove that they hold their key. These rows belong to recipients, so they may use unix seconds.
CREATE TABLE challenges (
    id          TEXT    NOT NULL PRIMARY KEY,
    public_key  TEXT    NOT NULL,
    answer_hash BLOB    NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token_hash   BLOB    NOT NULL PRIMARY KEY,
    recipient_id TEXT    NOT NULL,
    public_key   TEXT    NOT NULL,
    idle_until   INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
