ALTER TABLE mail ADD COLUMN eight_bit smallint NOT NULL DEFAULT 0;

-- What the sender says of reports: RET and ENVID (RFC 3461).
ALTER TABLE mail ADD COLUMN report text NOT NULL DEFAULT '';

-- A recipient at another site, or a report that is owed; without a next event only where it is settled.
CREATE TABLE queue_entry (
  mail      bigint   NOT NULL,
  n         integer  NOT NULL,
  recipient text     NOT NULL,
  notify    text     NOT NULL,
  orcpt     text     NOT NULL,
  state     text     NOT NULL,
  next_at   bigint   CONSTRAINT next_event CHECK
    (next_at IS NOT NULL OR state IN ('delivered', 'relayed', 'expanded', 'failed', 'cancelled')),
  lease     bigint   NOT NULL,
  since     bigint   NOT NULL,
  attempts  integer  NOT NULL DEFAULT 0,
  warned    smallint NOT NULL DEFAULT 0,
  reason    text     NOT NULL DEFAULT '',
  code      integer  NOT NULL DEFAULT 0,
  status    text     NOT NULL DEFAULT '',
  text      text     NOT NULL DEFAULT '',
  host      text     NOT NULL DEFAULT '',
  PRIMARY KEY (mail, n)
);

-- Each entry stands in one of the two: those in hand come and go quickly, and must not wander through a million that wait.
CREATE INDEX queue_entry_due ON queue_entry (next_at, mail) WHERE lease = 0 AND next_at IS NOT NULL;
CREATE INDEX queue_entry_in_hand ON queue_entry (next_at, mail) WHERE lease <> 0;
