import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJournal } from './journal-reader.ts';
import { type JournalEntry, JournalWriter } from './journal-writer.ts';

/** Whatever a fault, a part of the lab or a person may have said: several bytes a character, line breaks, halves of pairs. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constant('{"seq":0}\n'),
);
const ms = fc.double({ min: 0, max: 1e12, noNaN: true });
const undo = fc.record({ kind: fc.constant('edge-restore' as const), edge: text });
const action = fc.record({ kind: fc.constant('edge-disable' as const), edge: text });

const anyEntry: fc.Arbitrary<JournalEntry> = fc.oneof(
  fc.record({ type: fc.constant('phase' as const), phase: fc.constantFrom('control', 'heal', 'check') }),
  fc.record({ type: fc.constant('abort' as const), reason: text }),
  fc.record({ type: fc.constant('problem' as const), code: text, message: text }),
  fc.record({ type: fc.constant('intent' as const), epoch: fc.nat(), fault: text, action, undo }),
  fc.record({ type: fc.constant('applied' as const), fault: text, action, tookMs: ms }),
  fc.record({
    type: fc.constant('healed' as const),
    fault: text,
    undo,
    tookMs: ms,
    by: fc.constantFrom('guardian', 'runner'),
  }),
  fc.record({
    type: fc.constant('witness' as const),
    fault: text,
    reading: fc.record({
      stage: fc.constantFrom('before', 'during', 'after'),
      target: text,
      kind: fc.constant('edge' as const),
      role: fc.constantFrom('touched', 'untouched'),
      connection: fc.constantFrom('new', 'old', 'hang-up'),
      outcomes: fc.dictionary(text, fc.nat()),
      p50Ms: ms,
    }),
  }),
) as fc.Arbitrary<JournalEntry>;

test('a journal parses whatever was written, and cut off at any byte it is the beginning of itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-journal-'));
  let journals = 0;
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEntry, { maxLength: 8 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
        async (entries, cuts) => {
          const path = join(folder, `${journals++}.jsonl`);
          const writer = new JournalWriter(path);
          const written = entries.map((entry) => writer.append(entry));
          writer.close();
          expect(await readJournal(path)).toEqual(written);
          const bytes = readFileSync(path);
          const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
          for (const cut of cuts) {
            const at = Math.round(cut * bytes.length);
            writeFileSync(path, bytes.subarray(0, at));
            const whole = ends.filter((end) => end < at).length;
            expect(await readJournal(path)).toEqual(written.slice(0, whole));
          }
        },
      ),
      { numRuns: 60 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
