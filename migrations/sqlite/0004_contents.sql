-- Where the sealed contents of files lie. What they are is said, sealed, by the entry that they came with:
-- ('attachment', number) of a reporter, which has one part, or ('reply', number) of a recipient, which may have several.
-- A blob is written before its row; what no row names is swept away.
CREATE TABLE contents (
    blob    TEXT    NOT NULL PRIMARY KEY, -- name in object storage, random
    case_id TEXT    NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    kind    TEXT    NOT NULL,             -- attachment | reply
    number  INTEGER NOT NULL,
    part    INTEGER NOT NULL,             -- counts from 1 within the entry
    size    INTEGER NOT NULL,             -- sealed bytes
    UNIQUE (case_id, kind, number, part)
) STRICT, WITHOUT ROWID;
-- Which database this is: object storage bears the same name, so that a service that was started on another database by
-- mistake finds out before it sweeps away what that one does not name.
CREATE TABLE installation (
    id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
