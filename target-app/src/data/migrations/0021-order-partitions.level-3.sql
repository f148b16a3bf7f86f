-- Orders and what belongs to them are cut by time. Their key is the order's id, a UUIDv7, so its order is time's and the
-- primary and foreign keys stay as they are. Each table that was there becomes the first partition, with what it holds;
-- the next ones are made ahead of need (src/data/partitions). There is no DEFAULT partition: it would have to be searched,
-- under a lock, each time that a partition is made.
DO $$
DECLARE
  tables constant text[] := '{customer_order,order_line,payment,order_transition,outbox}';
  ends_at constant timestamptz := date_trunc('minute', now()) + interval '1 minute';
  -- The lowest UUIDv7 of that millisecond.
  bound constant uuid :=
    lpad(to_hex((extract(epoch FROM ends_at) * 1000)::bigint), 12, '0') || '70008000000000000000';
  name text;
  index record;
  key record;
BEGIN
  -- A foreign key belongs to a table and not to its name: it is made again for the table that takes the name.
  CREATE TEMPORARY TABLE foreign_key ON COMMIT DROP AS
    SELECT conrelid::regclass::text AS of_table, conname, pg_get_constraintdef(oid) AS definition
      FROM pg_constraint
     WHERE contype = 'f' AND (conrelid = ANY (tables::regclass[]) OR confrelid = ANY (tables::regclass[]));
  FOR key IN SELECT * FROM foreign_key LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.of_table, key.conname);
  END LOOP;

  FOREACH name IN ARRAY tables LOOP
    -- A key that does not hold the order's id cannot be unique across partitions. None is needed for it: that a customer's
    -- key is used once is promised by idempotency_key, and the provider's keys are made of the order's id.
    FOR key IN
      SELECT conname FROM pg_constraint WHERE conrelid = name::regclass AND contype = 'u'
    LOOP
      EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', name, key.conname);
    END LOOP;
    CREATE TEMPORARY TABLE kept_index ON COMMIT DROP AS
      SELECT c.relname, pg_get_indexdef(i.indexrelid) AS definition, pg_get_constraintdef(k.oid) AS primary_key
        FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid
        LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype = 'p'
       WHERE i.indrelid = name::regclass;
    FOR index IN SELECT * FROM kept_index LOOP
      EXECUTE format('ALTER INDEX %I RENAME TO %I', index.relname, index.relname || '_before');
    END LOOP;
    EXECUTE format('ALTER TABLE %I RENAME TO %I', name, name || '_before');
    EXECUTE format(
      'CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (%I)',
      name, name || '_before', CASE name WHEN 'customer_order' THEN 'id' ELSE 'order_id' END
    );
    FOR index IN SELECT * FROM kept_index WHERE primary_key IS NOT NULL LOOP
      EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I %s', name, index.relname, index.primary_key);
    END LOOP;
    EXECUTE format(
      'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', name, name || '_before', bound
    );
    -- The first partition has each already, under its other name, and is not indexed again.
    FOR index IN SELECT * FROM kept_index WHERE primary_key IS NULL LOOP
      EXECUTE index.definition;
    END LOOP;
    DROP TABLE kept_index;
  END LOOP;

  FOR key IN SELECT * FROM foreign_key LOOP
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', key.of_table, key.conname, key.definition);
  END LOOP;
END $$;

-- In the place of the unique key that led to a customer's orders.
CREATE INDEX IF NOT EXISTS customer_order_customer ON customer_order (customer, id);
