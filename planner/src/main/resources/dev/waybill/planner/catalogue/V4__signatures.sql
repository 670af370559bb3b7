-- The newest signature of a version's manifest, as the JSON of the protocol; null: nobody has signed it.
ALTER TABLE file_version ADD COLUMN signature TEXT;
