import pg from 'pg';

/**
 * Begins a transaction by its first statement: both leave in one write, as one unit of the protocol. A server that did not
 * begin, as when somebody cancels in just that moment, skips the rest of the unit; sent one after the other, the statement
 * would stand alone.
 *
 * @returns the statement's rows.
 */
export function beginWith<T extends pg.QueryResultRow>(
  client: pg.PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<T[]> {
  const { promise, resolve, reject } = Promise.withResolvers<T[]>();
  const extended = { text, values: [...values], queryMode: 'extended' };
  const query = new pg.Query<T>(extended, (error, results) => {
    if (error) reject(error);
    // One of BEGIN, one of the statement.
    else resolve((results as unknown as readonly pg.QueryResult<T>[])[1]?.rows ?? []);
  });
  const { submit } = query;
  query.submit = (connection) => {
    // No Sync behind these three: the unit goes on.
    connection.parse({ name: '', text: 'BEGIN', types: [] }, true);
    connection.bind({}, true);
    connection.execute(null, true);
    return submit.call(query, connection);
  };
  client.query(query);
  return promise;
}
