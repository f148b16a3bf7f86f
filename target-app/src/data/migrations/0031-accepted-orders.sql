-- An order can stand before its money is taken. The partitions of level 3 that were whole tables once have the constraint as
-- their own, too: it goes from the parent first, then from whoever still has it.
DO $$
DECLARE
  owner regclass;
BEGIN
  ALTER TABLE customer_order DROP CONSTRAINT customer_order_status_check;
  FOR owner IN
    SELECT conrelid::regclass FROM pg_constraint
      JOIN pg_inherits ON inhrelid = conrelid AND inhparent = 'customer_order'::regclass
     WHERE conname = 'customer_order_status_check'
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT customer_order_status_check', owner);
  END LOOP;
  ALTER TABLE customer_order ADD CONSTRAINT customer_order_status_check CHECK (
    status IN (
      'held', 'accepted', 'paid', 'part_returned', 'returned', 'declined', 'expired', 'voided', 'refunding', 'refunded'
    )
  );
END $$;

CREATE INDEX customer_order_accepted ON customer_order (id) WHERE status = 'accepted';
