-- Who leads: one row. Every write names the epoch that it belongs to, and every new leader begins a higher one.
CREATE TABLE lease (
  epoch   INTEGER          NOT NULL,
  owner   TEXT             NOT NULL,  -- of one leadership of one process; '': nobody
  url     TEXT,                       -- where its clients reach it, if it says so
  expires DOUBLE PRECISION NOT NULL   -- seconds since the epoch by the database's clock
);
INSERT INTO lease (epoch, owner, url, expires) SELECT number, '', NULL, 0 FROM term;
DROP TABLE term;
