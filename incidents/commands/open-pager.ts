import { oncallFolder } from '@firedrill/lab';
import { Pager } from '../pager/pager.ts';

/** This checkout's pager with what has come since; what could not be read is said on stderr. */
export function openPager(): Pager {
  const pager = Pager.open(oncallFolder());
  for (const { path, problem } of pager.refresh()) {
    process.stderr.write(`oncall: ${path} cannot be read: ${problem}; what it holds is missing\n`);
  }
  return pager;
}

export function say(json: boolean | undefined, value: unknown, text: string): void {
  process.stdout.write(`${json === true ? JSON.stringify(value, undefined, 2) : text}\n`);
}
