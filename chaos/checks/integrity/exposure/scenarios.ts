import { setTimeout as sleep } from 'node:timers/promises';
import type { Bought, Purchase, Quantity } from './buyers.ts';
import type { Scenario } from './scenario.ts';

/** PostgreSQL's "COMMIT" as node-postgres sends it, on the connections that serve requests. */
const commits = {
  kind: 'hold-requests',
  beginning: 'Q\u0000\u0000\u0000\u000bCOMMIT\u0000',
  introducedBy: ' requests',
} as const;

/** Where commits are held, transactions and those who wait for their locks must outlive it. */
const patientSessions = { idle_in_transaction_session_timeout: '20s', lock_timeout: '10s' } as const;

/** The answer to a purchase is lost on its way; the buyer asks again with the same key. */
export const lostAnswer: Scenario = {
  name: 'lost answers',
  play: async ({ front, buyers, purchases, rest }) => {
    const list = purchases(6);
    front.mode = { kind: 'lose-answers' };
    await Promise.all(list.map((purchase) => buyers.buy(front.url, purchase)));
    front.mode = { kind: 'pass' };
    await Promise.all(list.map((purchase) => buyers.buyForSure(front.url, purchase)));
    await rest();
  },
};

/** A crowd wants the last few units at once. */
export const crowd: Scenario = {
  name: 'a crowd for few units',
  env: { SHOP_POOL_SIZE: '20' },
  settings: patientSessions,
  play: async ({ front, database, buyers, purchases, stock, blocked, rest }) => {
    const sku = purchases(1)[0]!.lines[0]!.sku;
    await stock(sku, 20);
    const list = purchases(60).map((purchase) => ({ ...purchase, lines: [{ sku, quantity: 1 }] }));
    // While the first commits are on their way, the others have had a look at the stock.
    database.mode = commits;
    const first = list.slice(0, 12).map((purchase) => buyers.buy(front.url, purchase));
    await until(async () => database.held > 0 && (await blocked()) >= 4);
    await database.release();
    await Promise.all([...first, ...list.slice(12).map((purchase) => buyers.buy(front.url, purchase))]);
    await rest();
  },
};

/** The api dies as soon as the first buyers have their answer. */
export const killAfterAnswer: Scenario = {
  name: 'a kill right after the answer',
  play: async ({ front, api, buyers, purchases, restart, rest }) => {
    const attempts = purchases(8).map((purchase) => buyers.buy(front.url, purchase));
    await Promise.any(attempts.map(async (attempt) => (await attempt) ?? Promise.reject())).catch(() => {});
    await api.kill();
    await Promise.all(attempts);
    await restart();
    await rest();
  },
};

/** The provider takes the money, its answer is lost; the buyer asks again with the same key. */
export const lostPaymentAnswer: Scenario = {
  name: "the provider's answers are lost",
  // The buyers are sooner than the sweeper.
  env: { SHOP_SWEEP_GRACE_MS: '5000' },
  play: async ({ front, payment, buyers, purchases, rest }) => {
    const list = purchases(5);
    payment.mode = { kind: 'lose-answers' };
    await Promise.all(list.map((purchase) => buyers.buy(front.url, purchase)));
    payment.mode = { kind: 'pass' };
    await Promise.all(list.map((purchase) => buyers.buyForSure(front.url, purchase)));
    await rest();
  },
};

/** Captures hang in the network until the shop has given the orders up, and arrive then. */
export const stalledPayment: Scenario = {
  name: 'captures that arrive late',
  play: async ({ front, payment, buyers, purchases, rest }) => {
    payment.mode = { kind: 'hold-requests', beginning: 'POST /captures' };
    await Promise.all(purchases(4).map((purchase) => buyers.buy(front.url, purchase)));
    await rest();
    await payment.release();
  },
};

/** The api dies after the provider took the money and before the order knows. */
export const killBeforeCommit: Scenario = {
  name: 'a kill between capture and commit',
  // Or the end of the hold would do the sweeper's work before anybody looks; and the reconciler asks the provider too.
  env: { SHOP_HOLD_MS: '120000', SHOP_RECONCILE_EVERY_MS: '600000' },
  play: async ({ front, payment, api, buyers, purchases, restart, random, rest }) => {
    payment.mode = { kind: 'delay-answers', ms: 2_500 };
    const attempts = purchases(6).map((purchase) => buyers.buy(front.url, purchase));
    // One of the answers may be that of the reconciler's first round: two are at least one capture.
    const answers = 2 + Math.floor(random() * 5);
    await until(() => payment.spoilt >= answers);
    await api.kill();
    await Promise.all(attempts);
    payment.mode = { kind: 'pass' };
    await restart();
    await rest();
  },
};

/** Payment takes longer than the stock is held. */
export const slowPayment: Scenario = {
  name: 'payment slower than the hold',
  env: { SHOP_HOLD_MS: '300' },
  play: async ({ front, payment, buyers, purchases, rest }) => {
    payment.mode = { kind: 'delay-answers', ms: 1_500 };
    await Promise.all(purchases(6).map((purchase) => buyers.buy(front.url, purchase)));
    payment.mode = { kind: 'pass' };
    await rest();
  },
};

/** One checkout's commit is slow; others overtake it, and are seen before it. */
export const slowCommit: Scenario = {
  name: 'a slow commit',
  settings: patientSessions,
  play: async ({ front, database, buyers, purchases, projected, rest }) => {
    const [slow, ...others] = purchases(5) as [Purchase, ...Purchase[]];
    database.mode = commits;
    const buying = buyers.buy(front.url, slow);
    await until(() => database.held > 0);
    database.mode = { kind: 'pass' };
    await Promise.all(others.map((purchase) => buyers.buy(front.url, purchase)));
    // On a machine that stalls, too; the slow one's session is given twice that.
    await projected(10_000);
    await database.release();
    await buying;
    await buyers.buyForSure(front.url, slow);
    await rest();
  },
};

/** The same goods come back twice at once, and the commits meet. */
export const concurrentReturns: Scenario = {
  name: 'returns at once',
  env: { SHOP_POOL_SIZE: '20' },
  settings: patientSessions,
  play: async ({ front, database, buyers, bought, blocked, rest }) => {
    const orders = await bought(4, 1);
    database.mode = commits;
    const returns = orders.flatMap((order) =>
      ['a', 'b'].map((name) =>
        buyers.giveBack(front.url, order, `return-${order.orderId}-${name}`, [unitOf(order)]),
      ),
    );
    await until(async () => database.held + (await blocked()) >= returns.length);
    await database.release();
    await Promise.all(returns);
    await rest();
  },
};

/** Goods come back while their order is cancelled. */
export const returnAgainstCancel: Scenario = {
  name: 'a return against a cancellation',
  env: { SHOP_POOL_SIZE: '20' },
  play: async ({ front, buyers, bought, rest }) => {
    const orders = await bought(6, 1);
    await Promise.all(
      orders.flatMap((order) => [
        buyers.giveBack(front.url, order, `return-${order.orderId}`, [unitOf(order)]),
        buyers.cancel(front.url, order, `cancel-${order.orderId}`),
      ]),
    );
    await rest();
  },
};

/** Refunds are slow; whoever waits asks again with the same key, when the shop no longer takes the first for alive. */
export const retriedReturn: Scenario = {
  name: 'a return that is asked for again',
  play: async ({ front, payment, buyers, bought, rest }) => {
    const orders = await bought(3, 2);
    payment.mode = { kind: 'delay-answers', ms: 2_000 };
    const ask = () =>
      Promise.all(
        orders.map((order) => buyers.giveBack(front.url, order, `return-${order.orderId}`, [unitOf(order)])),
      );
    const first = ask();
    await until(() => payment.spoilt > 0);
    // The key's lock runs out.
    await sleep(800);
    await Promise.all([first, ask()]);
    payment.mode = { kind: 'pass' };
    await rest();
  },
};

/** The api dies while a refund is under way. */
export const killDuringReturn: Scenario = {
  name: 'a kill during a return',
  play: async ({ front, payment, api, buyers, bought, restart, random, rest }) => {
    const orders = await bought(4, 2);
    payment.mode = { kind: 'delay-answers', ms: 2_500 };
    const returns = orders.map((order) =>
      buyers.giveBack(front.url, order, `return-${order.orderId}`, [unitOf(order)]),
    );
    await until(() => payment.spoilt >= Math.floor(random() * 4));
    await api.kill();
    await Promise.all(returns);
    payment.mode = { kind: 'pass' };
    await restart();
    await rest();
  },
};

/** The catalogue's prices fall between buying and bringing back. */
export const priceFall: Scenario = {
  name: 'prices that fall',
  play: async ({ front, buyers, bought, sale, rest }) => {
    const orders = await bought(3, 2);
    await sale(0.5);
    for (const order of orders) {
      await buyers.giveBack(front.url, order, `return-${order.orderId}`, [unitOf(order)]);
    }
    await rest();
  },
};

/** Customers look at their orders before and after they change them. */
export const looksAgain: Scenario = {
  name: 'a look before and after',
  play: async ({ front, buyers, bought, rest }) => {
    for (const [index, order] of (await bought(4, 1)).entries()) {
      await buyers.look(front.url, order);
      if (index % 2 === 0) await buyers.cancel(front.url, order, `cancel-${order.orderId}`);
      else await buyers.giveBack(front.url, order, `return-${order.orderId}`, [unitOf(order)]);
      await buyers.look(front.url, order);
    }
    await rest();
  },
};

/** Two customers happen upon the same key, for the same goods and for others. */
export const sameKeyOfTwo: Scenario = {
  name: 'one key, two customers',
  play: async ({ front, buyers, purchases, rest }) => {
    const list = purchases(4);
    for (const [index, purchase] of list.entries()) {
      const lines = index % 2 === 0 ? purchase.lines : [{ ...purchase.lines[0]!, quantity: 2 }];
      await buyers.buyForSure(front.url, { ...purchase, customer: 'c-51' });
      await buyers.buyForSure(front.url, { ...purchase, customer: 'c-52', lines });
    }
    await rest();
  },
};

/** The replicas show nothing new; customers change their orders and look again. */
export const replicaLag: Scenario = {
  name: 'replicas that are behind',
  level: 4,
  // They are young enough to be asked for the length of the play.
  env: { SHOP_STALENESS_MS: '60000' },
  play: async ({ front, servers, buyers, bought, rest }) => {
    const orders = await bought(4, 1);
    await servers.caughtUp();
    await servers.pauseReplay();
    for (const [index, order] of orders.entries()) {
      if (index % 2 === 0) await buyers.cancel(front.url, order, `cancel-${order.orderId}`);
      else await buyers.giveBack(front.url, order, `return-${order.orderId}`, [unitOf(order)]);
      for (const _replica of [1, 2]) await buyers.look(front.url, order);
    }
    await servers.resumeReplay();
    await rest();
  },
};

/** Nothing reaches the standbys any more; some buy, then the primary dies. */
export const cutThenKill: Scenario = {
  name: 'replication is cut, then the primary dies',
  level: 4,
  // What was charged for an order that is gone comes back soon.
  env: { SHOP_RECONCILE_EVERY_MS: '500', SHOP_ORPHAN_AGE_MS: '1000' },
  play: async ({ front, servers, buyers, bought, purchases, random, rest }) => {
    await bought(2, 1);
    await servers.cut();
    const list = purchases(6);
    const told = await Promise.all(list.map((purchase) => buyers.buy(front.url, purchase)));
    await servers.failOver();
    // Some of those who were told nothing ask again.
    const again = list.filter((_purchase, index) => told[index] === undefined && random() < 0.5);
    await Promise.all(again.map((purchase) => buyers.buyForSure(front.url, purchase)));
    await rest();
  },
};

function unitOf(order: Bought): Quantity {
  return { sku: order.lines[0]!.sku, quantity: 1 };
}

/** Waits for something that is about to happen; when it does not, the play goes on without. */
async function until(condition: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  for (const end = performance.now() + withinMs; performance.now() < end && !(await condition()); ) {
    await sleep(10);
  }
}

export const scenarios: readonly Scenario[] = [
  lostAnswer,
  crowd,
  killAfterAnswer,
  lostPaymentAnswer,
  stalledPayment,
  killBeforeCommit,
  slowPayment,
  slowCommit,
  concurrentReturns,
  returnAgainstCancel,
  retriedReturn,
  killDuringReturn,
  priceFall,
  looksAgain,
  sameKeyOfTwo,
  replicaLag,
  cutThenKill,
];
