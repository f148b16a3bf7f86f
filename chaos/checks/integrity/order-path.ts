const order = '/orders/';
/** What ends an order's id in a path. */
const ends = /[/?]/;

/** The order that a path asks for. By hand, since it runs once per read. */
export function orderAskedFor(path: string): string | undefined {
  if (!path.startsWith(order)) return undefined;
  const id = path.slice(order.length);
  return id === '' || ends.test(id) ? undefined : id;
}

/** The order to which a path does something. */
export function orderChanged(path: string): string | undefined {
  if (!path.startsWith(order)) return undefined;
  return path.slice(order.length).split(ends, 1)[0] || undefined;
}
