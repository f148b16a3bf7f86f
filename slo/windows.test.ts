import { describe, expect, it } from 'vitest';
import { alertWindows, parseWindows, windowsFile } from './windows.ts';

describe('the windows', () => {
  it('are read from one file a clock', () => {
    expect(windowsFile('drill')).toBe('windows/drill/12h.yaml');
    expect(
      alertWindows('drill').pairs.map(({ shortSeconds, longSeconds }) => [shortSeconds, longSeconds]),
    ).toEqual([
      [5, 60],
      [30, 360],
      [120, 1440],
      [360, 4320],
    ]);
  });

  const text = (short: string): string => `
apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 30d
  page:
    quick: { errorBudgetPercent: 2, shortWindow: ${short}, longWindow: 1h }
    slow: { errorBudgetPercent: 5, shortWindow: 30m, longWindow: 6h }
  ticket:
    quick: { errorBudgetPercent: 10, shortWindow: 2h, longWindow: 1d }
    slow: { errorBudgetPercent: 10, shortWindow: 6h, longWindow: 3d }
`;

  it.each(['5 minutes', '-5m', '0s', '[]'])('names file and field of the window %s', (short) => {
    expect(() => parseWindows(text(short), 'f')).toThrow(
      expect.objectContaining({ code: 'invalid-data', where: 'f: spec.page.quick.shortWindow' }),
    );
  });
});
