/** While `work` is under way, whoever asks for it gets the same one; afterwards it begins anew. */
export function singleFlight(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  return () => {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
