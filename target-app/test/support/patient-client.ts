import { finalAnswer } from './final-answer.ts';
import { type ShopAnswer, shopClient } from './shop-client.ts';

type ShopClient = ReturnType<typeof shopClient>;
export type PatientClient = ShopClient;

/** Asks each request again until its answer is definite: for tests that are not about a busy shop. */
export function patientClient(url: string): ShopClient {
  const client = shopClient(url);
  const patient =
    <A extends readonly unknown[]>(ask: (...request: A) => Promise<ShopAnswer>) =>
    (...request: A) =>
      finalAnswer(() => ask(...request));
  return {
    send: patient(client.send),
    get: patient(client.get),
    putCart: patient(client.putCart),
    buy: patient(client.buy),
    cancel: patient(client.cancel),
    bringBack: patient(client.bringBack),
    review: patient(client.review),
  };
}
