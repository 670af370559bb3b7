-- A demand's host may be a group's name, or * for every host. What is dropped overrules earlier demands of wider names.
ALTER TABLE demand ADD COLUMN begins DOUBLE PRECISION;              -- seconds since the epoch; null: at once
ALTER TABLE demand ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE file_version ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
