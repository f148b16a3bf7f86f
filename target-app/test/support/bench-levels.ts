/** The topologies that the shop's promises are tested on. */
export const benchLevels = [1, 2, 3] as const;
export type BenchLevel = (typeof benchLevels)[number];
