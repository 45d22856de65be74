-- A mail is one row, its content in it, because each further b-tree costs more than the octets.
CREATE TABLE mail (
  id           bigint   PRIMARY KEY,
  received_at  bigint   NOT NULL,
  reverse_path text     NOT NULL,
  recipients   text     NOT NULL,
  received     text     NOT NULL,
  octets       bigint   NOT NULL,
  smtputf8     smallint NOT NULL,
  copies       integer  NOT NULL,
  body         bigint   NOT NULL,
  head_crc     bigint   NOT NULL,
  content_crc  bigint   NOT NULL,
  content      bytea
);
-- Trying to compress what is mostly compressed already costs more than it saves.
ALTER TABLE mail ALTER COLUMN content SET STORAGE EXTERNAL;

-- Large content, in pieces written before the mail is there; mail.body names them, 0 names none.
CREATE TABLE chunk (
  body    bigint  NOT NULL,
  n       integer NOT NULL,
  crc     bigint  NOT NULL,
  content bytea   NOT NULL,
  PRIMARY KEY (body, n)
);
ALTER TABLE chunk ALTER COLUMN content SET STORAGE EXTERNAL;

-- Bodies that no mail has yet; those nobody is writing any more are swept.
CREATE TABLE draft (
  body     bigint PRIMARY KEY,
  begun_at bigint NOT NULL
);

CREATE TABLE account (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  local_key     text   COLLATE "C" NOT NULL,
  local_part    text   NOT NULL,
  domain        text   COLLATE "C" NOT NULL,
  password_hash text,
  quota         bigint NOT NULL,
  UNIQUE (local_key, domain)
);

CREATE TABLE maildrop_entry (
  account  bigint   NOT NULL REFERENCES account (id),
  mail     bigint   NOT NULL,
  octets   bigint   NOT NULL,
  smtputf8 smallint NOT NULL,
  copies   integer  NOT NULL,
  PRIMARY KEY (account, mail)
);

-- Mails that left a maildrop, and how many others still hold them; none: the mail can be freed.
CREATE TABLE released (
  mail   bigint  PRIMARY KEY,
  others integer NOT NULL
);
CREATE INDEX released_by_all ON released (mail) WHERE others = 0;

CREATE TABLE alias (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  local_key  text COLLATE "C" NOT NULL,
  local_part text NOT NULL,
  domain     text COLLATE "C" NOT NULL,
  UNIQUE (local_key, domain)
);

CREATE TABLE alias_target (
  alias      bigint  NOT NULL REFERENCES alias (id) ON DELETE CASCADE,
  n          integer NOT NULL,
  local_part text    NOT NULL,
  host       text    NOT NULL,
  PRIMARY KEY (alias, n)
);
