import { type View, views } from './route.ts';

/** What a key asks for. */
export type Wish =
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'move'; readonly by: 1 | -1 }
  | { readonly kind: 'close' | 'help' | 'window' };

/** Pure: keys with a modifier are the browser's own. */
export function wishOf({
  key,
  ctrlKey,
  altKey,
  metaKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>): Wish | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  const view = /^[1-9]$/.test(key) ? views[Number(key) - 1] : undefined;
  if (view !== undefined) return { kind: 'view', view: view.name };
  switch (key) {
    case 'j':
      return { kind: 'move', by: 1 };
    case 'k':
      return { kind: 'move', by: -1 };
    case 'Escape':
      return { kind: 'close' };
    case '?':
      return { kind: 'help' };
    case 't':
      return { kind: 'window' };
    default:
      return undefined;
  }
}

/** Pure: which of so many comes next; `at` is −1 where none has the focus. */
export const movedTo = (at: number, by: 1 | -1, count: number): number =>
  at === -1 ? (by === 1 ? 0 : count - 1) : Math.max(0, Math.min(count - 1, at + by));
