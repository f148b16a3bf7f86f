CREATE TABLE review (
  -- UUIDv7: newer ones are greater.
  id uuid PRIMARY KEY,
  sku text NOT NULL REFERENCES product,
  customer text NOT NULL,
  rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5),
  title text NOT NULL,
  text text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT review_one_per_customer UNIQUE (customer, sku)
);

CREATE INDEX review_product ON review (sku, id DESC) INCLUDE (rating);
