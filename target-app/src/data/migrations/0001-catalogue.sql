CREATE TABLE product (
  sku text PRIMARY KEY CHECK (sku ~ '^SKU-[0-9]{4}$'),
  name text NOT NULL,
  description text NOT NULL,
  category text NOT NULL,
  price_cents integer NOT NULL CHECK (price_cents > 0),
  search tsvector NOT NULL GENERATED ALWAYS AS (
    to_tsvector('simple', name || ' ' || category || ' ' || description)
  ) STORED
);

CREATE INDEX product_search ON product USING gin (search);

-- seeded = available + held + sold - restocked, where sold is known from the orders alone.
CREATE TABLE stock (
  sku text PRIMARY KEY REFERENCES product,
  seeded integer NOT NULL CHECK (seeded >= 0),
  available integer NOT NULL,
  held integer NOT NULL DEFAULT 0,
  -- When units came back of an article that was sold out.
  back_in_stock_at timestamptz,
  CONSTRAINT stock_available_not_negative CHECK (available >= 0),
  CONSTRAINT stock_held_not_negative CHECK (held >= 0)
);

CREATE TABLE cart (
  customer text NOT NULL,
  id text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  lines json NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer, id)
);
