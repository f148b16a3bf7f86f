import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.ts';

/** The answer to a purchase is lost on its way; the buyer asks again with the same key. */
export const lostAnswer: Scenario = {
  name: 'lost answers',
  play: async ({ front, buyers, purchases, rest }) => {
    const list = purchases(6);
    front.mode = { kind: 'lose-answers' };
    await Promise.all(list.map((purchase) => buyers.buy(front.url, purchase)));
    front.mode = { kind: 'pass' };
    await Promise.all(list.map((purchase) => buyers.buy(front.url, purchase)));
    await rest();
  },
};

/** A crowd wants the last few units at once. */
export const crowd: Scenario = {
  name: 'a crowd for few units',
  env: { SHOP_POOL_SIZE: '20' },
  play: async ({ front, buyers, purchases, stock, rest }) => {
    const sku = purchases(1)[0]!.lines[0]!.sku;
    await stock(sku, 20);
    const list = purchases(120).map((purchase) => ({ ...purchase, lines: [{ sku, quantity: 1 }] }));
    await Promise.all(list.map((purchase) => buyers.buy(front.url, purchase)));
    await rest();
  },
};

/** The api dies as soon as the first buyers have their answer. */
export const killAfterAnswer: Scenario = {
  name: 'a kill right after the answer',
  play: async ({ front, api, buyers, purchases, restart, rest }) => {
    const attempts = purchases(8).map((purchase) => buyers.buy(front.url, purchase));
    await Promise.any(attempts);
    await api.kill();
    await Promise.all(attempts);
    await restart();
    await rest();
  },
};

/** The provider takes the money, its answer is lost; the buyer asks again with the same key. */
export const lostPaymentAnswer: Scenario = {
  name: "the provider's answers are lost",
  play: async ({ front, payment, buyers, purchases, rest }) => {
    const list = purchases(5);
    payment.mode = { kind: 'lose-answers' };
    await Promise.all(list.map((purchase) => buyers.buy(front.url, purchase)));
    payment.mode = { kind: 'pass' };
    await Promise.all(list.map((purchase) => buyers.buy(front.url, purchase)));
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
  play: async ({ front, payment, api, buyers, purchases, restart, random, rest }) => {
    payment.mode = { kind: 'delay-answers', ms: 1_200 };
    const attempts = purchases(6).map((purchase) => buyers.buy(front.url, purchase));
    await sleep(500 + random() * 400);
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
    payment.mode = { kind: 'delay-answers', ms: 900 };
    await Promise.all(purchases(6).map((purchase) => buyers.buy(front.url, purchase)));
    payment.mode = { kind: 'pass' };
    await rest();
  },
};

export const scenarios: readonly Scenario[] = [
  lostAnswer,
  crowd,
  killAfterAnswer,
  lostPaymentAnswer,
  stalledPayment,
  killBeforeCommit,
  slowPayment,
];
