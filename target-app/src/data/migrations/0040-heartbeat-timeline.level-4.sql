-- Whose beat it is: a replica that has replayed it has come to this timeline, which nothing else tells a user without rights.
ALTER TABLE replication_heartbeat ADD COLUMN timeline integer;
