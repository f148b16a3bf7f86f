-- The reconciler asks what moved lately. Transitions are written in the order of time, so a summary of each megabyte is index
-- enough, and next to nothing to keep.
CREATE INDEX order_transition_at ON order_transition USING brin (at);
