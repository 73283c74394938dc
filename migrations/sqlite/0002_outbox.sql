-- Notices that wait to be sent. A row names a recipient and a text, never a case, and is deleted once the mail server took it.
-- slot and next_attempt are unix seconds; slot is the start of the batch the notice waits for, not the moment it was written.
CREATE TABLE outbox (
    id           TEXT    NOT NULL PRIMARY KEY,
    recipient_id TEXT    NOT NULL,
    template     TEXT    NOT NULL,
    slot         INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    next_attempt INTEGER NOT NULL DEFAULT 0,
    leased_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
