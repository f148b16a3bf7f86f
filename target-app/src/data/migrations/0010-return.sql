-- Goods that come back. A return counts from here on, whatever becomes of its refund: the quantities of an order's returns
-- are added up under the order's row lock.
CREATE TABLE order_return (
  id uuid PRIMARY KEY,
  order_id uuid NOT NULL CONSTRAINT order_return_order REFERENCES customer_order,
  key text NOT NULL,
  -- Committed here before the provider is called.
  refund_key text NOT NULL CONSTRAINT order_return_refund_key UNIQUE,
  status text NOT NULL DEFAULT 'refunding' CHECK (status IN ('refunding', 'refunded')),
  cents integer NOT NULL CHECK (cents > 0),
  -- The order's transition that completed it.
  sequence integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT order_return_one_per_key UNIQUE (order_id, key),
  CHECK ((status = 'refunded') = (sequence IS NOT NULL))
);

CREATE INDEX order_return_refunding ON order_return (id) WHERE status = 'refunding';

CREATE TABLE order_return_line (
  return_id uuid NOT NULL REFERENCES order_return,
  sku text NOT NULL REFERENCES product,
  quantity integer NOT NULL CHECK (quantity > 0),
  unit_cents integer NOT NULL CHECK (unit_cents > 0),
  PRIMARY KEY (return_id, sku)
);
