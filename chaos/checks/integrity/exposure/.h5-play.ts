import { startPostgres } from '/work/main/target-app/test/support/index.ts';
import { mistakes } from '/work/main/chaos/checks/integrity/exposure/mistakes.ts';
import { scenarios } from '/work/main/chaos/checks/integrity/exposure/scenarios.ts';
import { play } from '/work/main/chaos/checks/integrity/exposure/play.ts';
const only = process.argv[2] ?? '';
const seed = Number(process.argv[3] ?? 1);
const postgres = await startPostgres();
try {
  for (const m of mistakes) {
    if (only && !m.shop.includes(only)) continue;
    const t = performance.now();
    const { results } = await play(postgres, m.scenario, seed, m.shop);
    const caught = results.filter((r) => r.violations.length).map((r) => r.invariant);
    console.log(m.shop, 'by', caught.join(), m.invariants.every((n) => caught.includes(n)) ? 'OK' : 'MISSED ' + m.invariants, ((performance.now() - t) / 1000).toFixed(1));
    if (process.argv[4]) for (const r of results) for (const v of r.violations.slice(0,3)) console.log('   ', r.invariant, v.message);
  }
  for (const s of scenarios) {
    if (only && !s.name.includes(only)) continue;
    const t = performance.now();
    const { results, orders } = await play(postgres, s, seed);
    console.log('good', s.name, orders, results.flatMap((r) => [...r.violations, ...r.unresolved].map((v) => `${r.invariant} ${v.message}`)), ((performance.now() - t) / 1000).toFixed(1));
  }
} finally { await postgres.stop(); }
