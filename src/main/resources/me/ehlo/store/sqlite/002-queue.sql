ALTER TABLE mail ADD COLUMN eight_bit INTEGER NOT NULL DEFAULT 0;

-- What the sender says of reports: RET and ENVID (RFC 3461).
ALTER TABLE mail ADD COLUMN report TEXT NOT NULL DEFAULT '';

-- A recipient at another site, or a report that is owed; without a next event only where it is settled.
CREATE TABLE queue_entry (
  mail      INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  recipient TEXT    NOT NULL,
  notify    TEXT    NOT NULL,
  orcpt     TEXT    NOT NULL,
  state     TEXT    NOT NULL,
  next_at   INTEGER CHECK (next_at IS NOT NULL OR state IN ('delivered', 'relayed', 'expanded', 'failed', 'cancelled')),
  lease     INTEGER NOT NULL,
  since     INTEGER NOT NULL,
  attempts  INTEGER NOT NULL DEFAULT 0,
  warned    INTEGER NOT NULL DEFAULT 0,
  reason    TEXT    NOT NULL DEFAULT '',
  code      INTEGER NOT NULL DEFAULT 0,
  status    TEXT    NOT NULL DEFAULT '',
  text      TEXT    NOT NULL DEFAULT '',
  host      TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (mail, n)
) WITHOUT ROWID;

-- Each entry stands in one of the two: those in hand come and go quickly, and must not wander through a million that wait.
CREATE INDEX queue_entry_due ON queue_entry (next_at) WHERE lease = 0 AND next_at IS NOT NULL;
CREATE INDEX queue_entry_in_hand ON queue_entry (next_at) WHERE lease <> 0;
