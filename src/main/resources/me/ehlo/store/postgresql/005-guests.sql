-- Networks of strangers whose mail was taken, and when that was last.
CREATE TABLE guest_network (
  network text   COLLATE "C" NOT NULL PRIMARY KEY,
  last_at bigint NOT NULL
);
CREATE INDEX guest_network_last ON guest_network (last_at);

-- Hashes of who tried to write to whom and was asked to come again, and when that was first.
CREATE TABLE guest_attempt (
  attempt  text   COLLATE "C" NOT NULL PRIMARY KEY,
  first_at bigint NOT NULL
);
CREATE INDEX guest_attempt_first ON guest_attempt (first_at);
