-- A mail is one row, its content in it, because each further b-tree costs more than the octets.
CREATE TABLE mail (
  id           INTEGER PRIMARY KEY,
  received_at  INTEGER NOT NULL,
  reverse_path TEXT    NOT NULL,
  recipients   TEXT    NOT NULL,
  received     TEXT    NOT NULL,
  octets       INTEGER NOT NULL,
  smtputf8     INTEGER NOT NULL,
  copies       INTEGER NOT NULL,
  body         INTEGER NOT NULL,
  head_crc     INTEGER NOT NULL,
  content_crc  INTEGER NOT NULL,
  content      BLOB
);

-- Large content, in pieces written before the mail is there; mail.body names them, 0 names none.
CREATE TABLE chunk (
  body    INTEGER NOT NULL,
  n       INTEGER NOT NULL,
  crc     INTEGER NOT NULL,
  content BLOB    NOT NULL,
  PRIMARY KEY (body, n)
) WITHOUT ROWID;

-- Bodies that no mail has yet; those nobody is writing any more are swept.
CREATE TABLE draft (
  body     INTEGER PRIMARY KEY,
  begun_at INTEGER NOT NULL
);

CREATE TABLE account (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  local_key     TEXT    NOT NULL,
  local_part    TEXT    NOT NULL,
  domain        TEXT    NOT NULL,
  password_hash TEXT,
  quota         INTEGER NOT NULL,
  UNIQUE (local_key, domain)
);

CREATE TABLE maildrop_entry (
  account  INTEGER NOT NULL REFERENCES account (id),
  mail     INTEGER NOT NULL,
  octets   INTEGER NOT NULL,
  smtputf8 INTEGER NOT NULL,
  copies   INTEGER NOT NULL,
  PRIMARY KEY (account, mail)
) WITHOUT ROWID;

-- Mails that left a maildrop, and how many others still hold them; none: the mail can be freed.
CREATE TABLE released (
  mail   INTEGER PRIMARY KEY,
  others INTEGER NOT NULL
);
CREATE INDEX released_by_all ON released (mail) WHERE others = 0;

CREATE TABLE alias (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  local_key  TEXT NOT NULL,
  local_part TEXT NOT NULL,
  domain     TEXT NOT NULL,
  UNIQUE (local_key, domain)
);

CREATE TABLE alias_target (
  alias      INTEGER NOT NULL REFERENCES alias (id) ON DELETE CASCADE,
  n          INTEGER NOT NULL,
  local_part TEXT    NOT NULL,
  host       TEXT    NOT NULL,
  PRIMARY KEY (alias, n)
) WITHOUT ROWID;
