-- What this site knows and nobody else: salts of users who are not there are made from it (RFC 5802 §9), so it never changes.
CREATE TABLE site_secret (value TEXT NOT NULL);

INSERT INTO site_secret (value) VALUES (hex(randomblob(32)));
