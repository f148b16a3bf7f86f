import pg from 'pg';

/**
 * Begins a transaction by its first statements: all leave in one write, as one unit of the protocol. A server that did not
 * begin, as when somebody cancels in just that moment, skips the rest of the unit; sent one after the other, a statement
 * would stand alone.
 *
 * @param before statements without parameters that go before the one that has some.
 * @returns the rows of each.
 */
export function beginWith(
  client: pg.PoolClient,
  before: readonly string[],
  text: string,
  values: readonly unknown[],
): Promise<readonly pg.QueryResultRow[][]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly pg.QueryResultRow[][]>();
  const extended = { text, values: [...values], queryMode: 'extended' };
  const query = new pg.Query(extended, (error, results) => {
    if (error) return reject(error);
    const [, ...asked] = results as unknown as readonly pg.QueryResult[];
    resolve(asked.map((result) => result.rows));
  });
  const { submit } = query;
  query.submit = (connection) => {
    for (const statement of ['BEGIN', ...before]) {
      connection.parse({ name: '', text: statement, types: [] }, true);
      connection.bind({}, true);
      connection.describe({ type: 'P' }, true);
      connection.execute({}, true);
    }
    // The first Sync is the last statement's.
    return submit.call(query, connection);
  };
  client.query(query);
  return promise;
}
