CREATE TABLE customer_order (
  id uuid PRIMARY KEY,
  customer text NOT NULL,
  idempotency_key text NOT NULL,
  status text NOT NULL CHECK (
    status IN (
      'held', 'paid', 'part_returned', 'returned', 'declined', 'expired', 'voided', 'refunding', 'refunded'
    )
  ),
  -- The number of the last transition; the outbox numbers its events by it.
  sequence integer NOT NULL CHECK (sequence > 0),
  total_cents integer NOT NULL CHECK (total_cents > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  hold_expires_at timestamptz NOT NULL,
  CONSTRAINT customer_order_one_per_key UNIQUE (customer, idempotency_key)
);

CREATE INDEX customer_order_held ON customer_order (hold_expires_at) WHERE status = 'held';
CREATE INDEX customer_order_refunding ON customer_order (id) WHERE status = 'refunding';

CREATE TABLE order_line (
  order_id uuid NOT NULL REFERENCES customer_order,
  sku text NOT NULL REFERENCES product,
  quantity integer NOT NULL CHECK (quantity > 0),
  unit_cents integer NOT NULL CHECK (unit_cents > 0),
  PRIMARY KEY (order_id, sku)
);

CREATE TABLE order_transition (
  order_id uuid NOT NULL REFERENCES customer_order,
  sequence integer NOT NULL,
  from_status text,
  to_status text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (order_id, sequence)
);

-- One row for each key that a customer ever sent: who works on it, until when, and the final answer.
CREATE TABLE idempotency_key (
  customer text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL CHECK (operation IN ('checkout', 'cancel', 'return', 'review')),
  request_hash text NOT NULL,
  -- Deferred: the key is claimed first, and the order it will lead to is written in the same transaction.
  order_id uuid REFERENCES customer_order DEFERRABLE INITIALLY DEFERRED,
  locked_until timestamptz NOT NULL,
  answer_status integer CHECK (answer_status BETWEEN 200 AND 499),
  -- json, not jsonb: a replay sends the same bytes.
  answer_body json,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT idempotency_key_once PRIMARY KEY (customer, key),
  CHECK ((answer_status IS NULL) = (answer_body IS NULL))
);

CREATE INDEX idempotency_key_order ON idempotency_key (order_id);

-- The provider's keys are committed here before the provider is called.
CREATE TABLE payment (
  order_id uuid PRIMARY KEY REFERENCES customer_order,
  capture_key text NOT NULL UNIQUE,
  refund_key text NOT NULL UNIQUE,
  card_token text NOT NULL,
  cents integer NOT NULL CHECK (cents > 0),
  void_due boolean NOT NULL DEFAULT false,
  voided_at timestamptz,
  refunded_cents integer NOT NULL DEFAULT 0,
  CONSTRAINT payment_refunded_at_most_captured CHECK (refunded_cents BETWEEN 0 AND cents)
);

CREATE INDEX payment_void_due ON payment (order_id) WHERE void_due AND voided_at IS NULL;
