-- An account's passwords: the main one has no name, the others have their applications'.
CREATE TABLE account_password (
  account bigint NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name    text   COLLATE "C" NOT NULL,
  hash    text   NOT NULL,
  scram   text   NOT NULL,
  PRIMARY KEY (account, name)
);

INSERT INTO account_password (account, name, hash, scram)
SELECT id, '', password_hash, '' FROM account WHERE password_hash IS NOT NULL;

ALTER TABLE account DROP COLUMN password_hash;
