-- Invoices and credit notes: one per transition that takes or gives back money, written by the relay that delivers the
-- order's events. Numbers come from a row, not from a sequence: a sequence leaves gaps at each rollback.
CREATE TABLE invoice (
  number integer PRIMARY KEY,
  order_id uuid NOT NULL,
  sequence integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
  issued_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT invoice_one_per_transition UNIQUE (order_id, sequence)
);

CREATE TABLE invoice_counter (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  last_number integer NOT NULL
);
INSERT INTO invoice_counter (last_number) VALUES (0);
