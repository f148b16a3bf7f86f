/** The page's views, in the order of their number keys. */
export const views = [
  { name: 'slos', title: 'Objectives' },
  { name: 'alerts', title: 'Alerts' },
  { name: 'topology', title: 'Topology' },
  { name: 'experiment', title: 'Experiment' },
  { name: 'runs', title: 'Runs' },
  { name: 'boards', title: 'Boards' },
] as const;

export type View = (typeof views)[number]['name'];

/** Where somebody is: the address after `#`. */
export interface Route {
  readonly view: View;
  /** Of a board. */
  readonly board: string | null;
  /** What lies open over the view. */
  readonly open: { readonly kind: 'runbook' | 'report'; readonly id: string } | null;
}

/**
 * Pure: `#alerts`, `#boards/logs`, `#runbook/CheckoutAvailability`, `#report/<run>`.
 * @param before what lies under an open page: the view in which somebody was
 */
export function routeOf(hash: string, before: Route): Route {
  const [first = '', second = ''] = hash.replace(/^#/, '').split('/').map(decoded);
  if ((first === 'runbook' || first === 'report') && second !== '') {
    return { ...before, open: { kind: first, id: second } };
  }
  const view = views.find(({ name }) => name === first)?.name;
  if (view === undefined) return { ...before, open: null };
  return { view, board: view === 'boards' && second !== '' ? second : null, open: null };
}

export const home: Route = { view: 'slos', board: null, open: null };

/** Pure: the address of a view. */
export const hashOf = ({ view, board }: Pick<Route, 'view' | 'board'>): string =>
  board === null ? `#${view}` : `#${view}/${encodeURIComponent(board)}`;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
