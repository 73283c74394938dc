-- Some cases end only when two agree. Which do, a reader's program says when it opens them: what a case is about stays sealed.
ALTER TABLE cases ADD COLUMN takes_two INTEGER NOT NULL DEFAULT 0; -- 1: nobody takes it off

-- The end of a case that one reader proposed and nobody has agreed to yet.
CREATE TABLE endings (
    case_id     TEXT    NOT NULL PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE,
    proposed_by TEXT    NOT NULL, -- recipient id
    day         INTEGER NOT NULL,
    status      TEXT    NOT NULL,
    outcome     TEXT    NOT NULL,
    note        INTEGER NOT NULL  -- the number of the note that holds the sealed conclusion
) STRICT, WITHOUT ROWID;
