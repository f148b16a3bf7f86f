-- One row, kept young on the primary; its age on a replica is how far that is behind.
CREATE TABLE replication_heartbeat (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  beat_at timestamptz NOT NULL
);

INSERT INTO replication_heartbeat (beat_at) VALUES (clock_timestamp());
