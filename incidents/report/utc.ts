import { clockTime } from '@firedrill/chaos/report';

/** `00:41:05.220 UTC` */
export const utc = (ms: number): string => `${clockTime(ms)} UTC`;
