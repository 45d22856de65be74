-- An account's passwords: the main one has no name, the others have their applications'.
CREATE TABLE account_password (
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name    TEXT    NOT NULL,
  hash    TEXT    NOT NULL,
  scram   TEXT    NOT NULL,
  PRIMARY KEY (account, name)
) WITHOUT ROWID;

INSERT INTO account_password (account, name, hash, scram)
SELECT id, '', password_hash, '' FROM account WHERE password_hash IS NOT NULL;

ALTER TABLE account DROP COLUMN password_hash;
