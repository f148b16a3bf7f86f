import { expect, it } from 'vitest';
import { requireLine } from './require-line.ts';

it('trims one line, and names where something else was typed', () => {
  expect(requireLine('--reason', ' a deploy ', 'say why')).toBe('a deploy');
  for (const text of ['', '  ', 'a\nb', '\u001b[2J', 'x'.repeat(501)]) {
    expect(() => requireLine('--reason', text, 'say why')).toThrow(
      expect.objectContaining({ code: 'usage', where: '--reason', fix: 'say why' }),
    );
  }
});
