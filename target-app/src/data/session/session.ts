import { AsyncLocalStorage } from 'node:async_hooks';
import { DatabaseUnavailable } from '../database-errors.ts';
import { laterToken, type Position, parseToken, type Token } from './token.ts';

/** From this level on a customer's requests tell each other what they wrote and saw. */
export const sessionsFrom = 4;

/** One request of a customer: what it must see, and what its answer will tell. */
export class Session {
  readonly #shard: string;
  #token: Token | undefined;

  /** @param token as the customer was told it last. One of another shard says nothing of this one. */
  constructor(shard: string, token: string | undefined) {
    this.#shard = shard;
    const told = token === undefined ? undefined : parseToken(token);
    this.#token = told?.shard === shard ? told : undefined;
  }

  get token(): Token | undefined {
    return this.#token;
  }

  /**
   * The answer may show all that is written up to there.
   * @param seen on a replica.
   * @throws {DatabaseUnavailable} for a primary that was one before the one that this customer knows.
   */
  reached(position: Position, seen: boolean): void {
    const token = this.#token;
    if (token !== undefined && position.timeline < token.timeline) throw earlierPrimary();
    const reached = { ...position, shard: this.#shard, seen };
    this.#token = token === undefined ? reached : laterToken(token, reached);
  }

  /** What was seen is acknowledged now. */
  confirm(): void {
    if (this.#token !== undefined) this.#token = { ...this.#token, seen: false };
  }
}

const earlierPrimary = (): DatabaseUnavailable =>
  new DatabaseUnavailable('connection', new Error('the server was the primary before this one'));

const storage = new AsyncLocalStorage<Session>();

/** Whatever `work` does, however deep, is done for this session, if there is one. */
export const inSession = <T>(session: Session | undefined, work: () => T): T =>
  session === undefined ? work() : storage.run(session, work);

export const currentSession = (): Session | undefined => storage.getStore();
