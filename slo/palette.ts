/**
 * One colour, one meaning, in dashboards and reports alike. From Okabe and Ito's set, which the common kinds of colour
 * blindness keep apart (https://jfly.uni-koeln.de/color/).
 */
export const palette = {
  /** Answered well; budget that is left. */
  good: '#009E73',
  /** Failed requests; budget burnt. */
  bad: '#D55E00',
  /** Answered, but too late. */
  slow: '#E69F00',
  /** Left out of the SLIs. */
  excluded: '#999999',
  /** A page. */
  page: '#CC79A7',
  /** A ticket. */
  ticket: '#F0E442',
  /** Throughput, latency and other plain measurements. */
  measure: '#0072B2',
  /** A threshold or objective. */
  threshold: '#000000',
  /** The time in which a fault is in. */
  fault: '#56B4E9',
} as const;

export type Meaning = keyof typeof palette;
