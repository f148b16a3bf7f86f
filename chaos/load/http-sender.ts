import { type Dispatcher, Pool } from 'undici';
import { type Answer, CLIENT_STOPPED } from './classify.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers: readonly string[];
  /** JSON text. */
  readonly body?: string;
  /** Whether the answer's body is wanted; a refusal's is always read for its `code`. */
  readonly wantBody: boolean;
}

export interface HttpAnswer extends Answer {
  /** Parsed JSON, or the text. */
  readonly body?: unknown;
  /** `X-Read-From`: the replica that answered. */
  readonly readFrom?: string;
  /** `X-Staleness-Ms`: how far it said it was behind. */
  readonly stalenessMs?: number;
  /** The header that the sender was told to look for. */
  readonly token?: string;
}

/** Nothing larger is kept; the rest of the body is read and thrown away. */
const MAX_KEPT_BYTES = 256 * 1024;

/**
 * Sends over keep-alive HTTP/1.1 with as many connections as there are requests in flight. Nothing is ever retried, and a
 * request whose deadline passes has its socket destroyed: an answer that comes later has nobody to go to.
 */
export class HttpSender {
  readonly #pool: Pool;
  readonly #deadlineMs: number;
  readonly #tokenHeader: string | undefined;
  readonly #open = new Set<Exchange>();

  /** @param tokenHeader of an answer, in lower case. */
  constructor(baseUrl: string, deadlineMs: number, tokenHeader?: string) {
    this.#deadlineMs = deadlineMs;
    this.#tokenHeader = tokenHeader;
    this.#pool = new Pool(baseUrl, {
      connections: null,
      pipelining: 1,
      allowH2: false,
      connectTimeout: deadlineMs,
      // The exchange's own deadline is the only one.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 4000,
    });
  }

  get inFlight(): number {
    return this.#open.size;
  }

  /** Never rejects. */
  send(request: HttpRequest): Promise<HttpAnswer> {
    return new Promise((resolve) => {
      const { wantBody } = request;
      const manner = { wantBody, deadlineMs: this.#deadlineMs, tokenHeader: this.#tokenHeader };
      const exchange = new Exchange(manner, (answer) => {
        this.#open.delete(exchange);
        resolve(answer);
      });
      this.#open.add(exchange);
      this.#pool.dispatch(
        {
          method: request.method,
          path: request.path,
          headers: request.headers as string[],
          body: request.body ?? null,
        },
        exchange,
      );
    });
  }

  /** Cuts what is in flight and closes every socket. */
  async destroy(): Promise<void> {
    for (const exchange of this.#open) exchange.cut(CLIENT_STOPPED);
    await this.#pool.destroy();
  }
}

interface Manner {
  readonly wantBody: boolean;
  readonly deadlineMs: number;
  readonly tokenHeader: string | undefined;
}

/** One request and what comes back. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #wantBody: boolean;
  readonly #tokenHeader: string | undefined;
  readonly #done: (answer: HttpAnswer) => void;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #finished: boolean = false;
  #status: number | undefined;
  #json: boolean = false;
  #told: Pick<HttpAnswer, 'readFrom' | 'stalenessMs' | 'token'> = {};
  #chunks: Buffer[] | undefined;
  #bytes = 0;

  constructor({ wantBody, deadlineMs, tokenHeader }: Manner, done: (answer: HttpAnswer) => void) {
    this.#wantBody = wantBody;
    this.#tokenHeader = tokenHeader;
    this.#done = done;
    this.#timer = setTimeout(() => this.cut('timeout'), deadlineMs);
  }

  /** Ends the exchange now and destroys its socket; one that is still connecting is destroyed before it sends a byte. */
  cut(reason: string): void {
    this.#finish(reason);
    this.#controller?.abort(new Error(reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#finished) controller.abort(new Error('timeout'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Record<string, unknown>): void {
    if (status < 200) return;
    this.#status = status;
    this.#json = /\bjson\b/.test(String(headers['content-type'] ?? ''));
    this.#told = { ...replicaOf(headers), ...tokenIn(headers, this.#tokenHeader) };
    if (this.#wantBody || status >= 400) this.#chunks = [];
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= MAX_KEPT_BYTES) this.#chunks?.push(chunk);
  }

  onResponseEnd(): void {
    this.#finish(undefined);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#finish(transportErrorOf(error));
  }

  #finish(transportError: string | undefined): void {
    if (this.#finished) return;
    this.#finished = true;
    clearTimeout(this.#timer);
    const status = this.#status === undefined ? {} : { status: this.#status };
    if (transportError !== undefined) {
      this.#done({ ...status, transportError });
      return;
    }
    const body = this.#body();
    const code = this.#status !== undefined && this.#status >= 400 ? problemCodeOf(body) : undefined;
    this.#done({
      ...status,
      ...this.#told,
      ...(code === undefined ? {} : { problemCode: code }),
      ...(body === undefined || !this.#wantBody ? {} : { body }),
    });
  }

  #body(): unknown {
    if (this.#chunks === undefined || this.#bytes === 0) return undefined;
    const text = Buffer.concat(this.#chunks).toString('utf8');
    if (!this.#json || this.#bytes > MAX_KEPT_BYTES) return text;
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
}

function replicaOf(headers: Record<string, unknown>): Pick<HttpAnswer, 'readFrom' | 'stalenessMs'> {
  const from = headers['x-read-from'];
  if (typeof from !== 'string') return {};
  const staleness = Number(headers['x-staleness-ms'] ?? Number.NaN);
  return { readFrom: from, ...(Number.isFinite(staleness) ? { stalenessMs: staleness } : {}) };
}

function tokenIn(headers: Record<string, unknown>, name: string | undefined): Pick<HttpAnswer, 'token'> {
  const token = name === undefined ? undefined : headers[name];
  return typeof token === 'string' ? { token } : {};
}

function problemCodeOf(body: unknown): string | undefined {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** undici's names in the ledger's words; the operating system's (`ECONNREFUSED` …) stay. */
function transportErrorOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'timeout';
  return code === 'UND_ERR_SOCKET' ? 'closed' : code;
}
