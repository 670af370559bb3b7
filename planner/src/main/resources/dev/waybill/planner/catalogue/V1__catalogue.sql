-- The master's durable state. Everything else is reported again by the hosts.
CREATE TABLE term (
  number INTEGER NOT NULL
);
INSERT INTO term (number) VALUES (0);

CREATE TABLE file_version (
  name            TEXT    NOT NULL,
  version         BIGINT  NOT NULL,
  block_size      BIGINT  NOT NULL,
  expected_size   BIGINT,           -- null: it grows, and nobody knows how far
  size            BIGINT,           -- null: its last block has not been made
  final_requested INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (name, version)
);

CREATE TABLE origin (
  name    TEXT    NOT NULL,
  version BIGINT  NOT NULL,
  host    TEXT    NOT NULL,
  ordinal INTEGER NOT NULL,
  PRIMARY KEY (name, version, host)
);

-- Consecutive checksums as they were announced: 64 hexadecimal digits each, without separators.
CREATE TABLE checksums (
  name        TEXT    NOT NULL,
  version     BIGINT  NOT NULL,
  first_block INTEGER NOT NULL,
  digits      TEXT    NOT NULL,
  PRIMARY KEY (name, version, first_block)
);

CREATE TABLE demand (
  host     TEXT NOT NULL,
  name     TEXT NOT NULL,
  version  BIGINT,                  -- null: the newest one
  weight   DOUBLE PRECISION NOT NULL,
  deadline DOUBLE PRECISION,        -- seconds since the epoch
  ordinal  INTEGER NOT NULL,
  PRIMARY KEY (host, name)
);
