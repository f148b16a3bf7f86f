import { messageHtml, stillPolicy } from './page-html.ts';

/** What the server sends, before it is compressed. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  /** The body is gzip already. */
  readonly gzipped?: true;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

export const html = (body: string, status = 200, headers: Answer['headers'] = {}): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  body,
  headers,
});

export const plain = (status: number, text: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${text}\n`,
});

/** A page for people that says why there is nothing else. */
export const message = (status: number, title: string, text: string): Answer =>
  html(messageHtml(title, text), status, { 'content-security-policy': stillPolicy });
