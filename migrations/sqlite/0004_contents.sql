-- Where the sealed content of an attachment lies: the entry ('attachment', number) of a case says, sealed, what it is.
-- A blob is written before its row; what no row names is swept away.
CREATE TABLE contents (
    blob    TEXT    NOT NULL PRIMARY KEY, -- name in object storage, random
    case_id TEXT    NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    size    INTEGER NOT NULL,             -- sealed bytes
    UNIQUE (case_id, number)
) STRICT, WITHOUT ROWID;
