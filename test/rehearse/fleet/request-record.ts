// Which target held which request, as the balancer knows it, and what came of it.

/** What came of a request: the target's own status, or why the balancer answered in its place. */
interface Outcome {
  readonly status: number;
  /** Why the target did not answer it; undefined where it did. */
  readonly lost?: string;
}

export interface HeldRequest {
  /** The target that held it; undefined where there was none. */
  readonly target: string | undefined;
  /** How that was: not healthy where none was. */
  readonly state: string | undefined;
  readonly method: string;
  readonly path: string;
  outcome?: Outcome;
}

export class RequestRecord {
  #ended: HeldRequest[] = [];
  readonly #outstanding = new Map<string | undefined, number>();

  /** A request has come, and goes to a target. */
  begin(
    target: Pick<HeldRequest, 'target' | 'state'>,
    { method, path }: Pick<HeldRequest, 'method' | 'path'>,
  ): HeldRequest {
    this.#outstanding.set(target.target, this.outstanding(target.target) + 1);
    return { ...target, method, path };
  }

  /** It has its answer, or none will come. What comes first counts. */
  end(held: HeldRequest, outcome: Outcome): void {
    if (held.outcome) return;
    held.outcome = outcome;
    this.#outstanding.set(held.target, this.outstanding(held.target) - 1);
    this.#ended.push(held);
  }

  /** How many a target holds now. */
  outstanding(target: string | undefined): number {
    return this.#outstanding.get(target) ?? 0;
  }

  /** What has ended since the last time that this was asked. */
  take(): readonly HeldRequest[] {
    const ended = this.#ended;
    this.#ended = [];
    return ended;
  }
}
