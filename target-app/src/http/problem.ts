import { type ProblemCode, problems } from './problems.ts';

/** The body of an error, `application/problem+json` (RFC 9457). */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail?: string;
  /** For `invalid-request`: what is wrong where. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

export function problemBody(
  code: ProblemCode,
  more: Pick<ProblemBody, 'detail' | 'errors'> = {},
): ProblemBody {
  return { type: `urn:shop:problem:${code}`, ...problems[code], code, ...more };
}

/** Thrown anywhere below a route; the error handler answers with it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly body: ProblemBody;

  constructor(
    code: ProblemCode,
    more: Pick<ProblemBody, 'detail' | 'errors'> & { readonly cause?: unknown } = {},
  ) {
    const { cause, ...body } = more;
    super(body.detail ?? problems[code].title, cause === undefined ? undefined : { cause });
    this.body = problemBody(code, body);
  }
}
