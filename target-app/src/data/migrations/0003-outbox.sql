CREATE TABLE outbox (
  order_id uuid NOT NULL REFERENCES customer_order,
  sequence integer NOT NULL,
  type text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  PRIMARY KEY (order_id, sequence)
);

CREATE INDEX outbox_unpublished ON outbox (created_at) WHERE published_at IS NULL;

-- The projection that the relay feeds; last_sequence is how it knows an event it has already seen.
CREATE TABLE order_view (
  order_id uuid PRIMARY KEY,
  customer text NOT NULL,
  status text NOT NULL,
  total_cents integer NOT NULL,
  last_sequence integer NOT NULL,
  placed_at timestamptz NOT NULL
);

CREATE INDEX order_view_customer ON order_view (customer, placed_at DESC);

CREATE TABLE worker_lease (
  name text PRIMARY KEY,
  owner text NOT NULL,
  expires_at timestamptz NOT NULL
);
