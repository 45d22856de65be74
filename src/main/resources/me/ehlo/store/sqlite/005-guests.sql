-- Networks of strangers whose mail was taken, and when that was last.
CREATE TABLE guest_network (
  network TEXT    NOT NULL PRIMARY KEY,
  last_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX guest_network_last ON guest_network (last_at);

-- Hashes of who tried to write to whom and was asked to come again, and when that was first.
CREATE TABLE guest_attempt (
  attempt  TEXT    NOT NULL PRIMARY KEY,
  first_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX guest_attempt_first ON guest_attempt (first_at);
