/** Waits for all of them, also when one fails: what the others still make would be left. @throws what failed first. */
export async function allEnded(works: readonly Promise<unknown>[]): Promise<void> {
  const first = Promise.all(works);
  first.catch(() => {});
  await Promise.allSettled(works);
  await first;
}
