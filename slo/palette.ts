/**
 * One colour, one meaning, in dashboards and reports alike. Okabe and Ito's set (https://jfly.uni-koeln.de/color/) and two
 * greys that show on white and on black: palette.test.ts looks at each pair as colour-blind people see it.
 */
export const palette = {
  /** Answered well; budget that is left. */
  good: '#009E73',
  /** Failed requests; budget burnt. */
  bad: '#D55E00',
  /** Answered, but too late. */
  slow: '#E69F00',
  /** Left out of the SLIs. */
  excluded: '#C8C8C8',
  /** A page. */
  page: '#CC79A7',
  /** A ticket. */
  ticket: '#F0E442',
  /** Throughput, latency and other plain measurements. */
  measure: '#0072B2',
  /** A threshold or objective. */
  threshold: '#5E5E5E',
  /** The time in which a fault is in. */
  fault: '#56B4E9',
} as const;

export type Meaning = keyof typeof palette;

/** The same meanings on dark paper: lightened where they would sink into the ground, and told apart as well as on light paper. */
export const paletteDark: Readonly<Record<Meaning, string>> = {
  good: '#47c482',
  bad: '#d26d19',
  slow: '#f09b1b',
  excluded: '#8b9695',
  page: '#aa75aa',
  ticket: '#effc50',
  measure: '#3d8cd9',
  threshold: '#e6f7ee',
  fault: '#a7ceff',
};
