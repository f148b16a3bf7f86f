-- What a customer's pages read first: the newest orders. Without it all orders of the customer are fetched and sorted, and
-- who has many waits long (docs/levels.md has the figures).
CREATE INDEX IF NOT EXISTS customer_order_customer ON customer_order (customer, id);

-- A feed shows the newest reviews of some articles by their time, each article's cut to one page.
CREATE INDEX review_newest ON review (sku, created_at DESC, id DESC);
