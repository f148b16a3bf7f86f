/** The moment by which an answer is due. Each step gets its own allowance, but never more than what is left. */
export class Deadline {
  readonly #at: number;

  private constructor(at: number) {
    this.#at = at;
  }

  /** @param milliseconds from now, on the monotonic clock. */
  static in(milliseconds: number): Deadline {
    return new Deadline(performance.now() + milliseconds);
  }

  /** Milliseconds left, at least 0. */
  get left(): number {
    return Math.max(0, this.#at - performance.now());
  }

  /**
   * The allowance for one step, milliseconds.
   * @throws {DeadlineExceeded} when nothing is left: a step that cannot end in time is not begun.
   */
  allow(milliseconds: number): number {
    const left = this.left;
    if (left < 1) throw new DeadlineExceeded();
    return Math.min(milliseconds, left);
  }
}

/** The request's time is up before its next step; what was done so far stands. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
  constructor() {
    super('the deadline has passed');
  }
}
