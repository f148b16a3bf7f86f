/** A place in a feed, behind which a page begins: every item is newer than the next one, or has the greater id. */
export interface FeedPlace {
  /** Microseconds since 1970. */
  readonly micros: string;
  readonly id: string;
}

/** Behind every item that there can be. */
const fromNow: FeedPlace = { micros: '9000000000000000', id: '~' };

/** @param cursor as feedCursorSchema has it. */
export function placeOf(cursor: string | undefined): FeedPlace {
  if (cursor === undefined) return fromNow;
  const dot = cursor.indexOf('.');
  return { micros: cursor.slice(0, dot), id: cursor.slice(dot + 1) };
}

export const cursorOf = ({ micros, id }: FeedPlace): string => `${micros}.${id}`;
