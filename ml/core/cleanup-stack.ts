/** What is to be undone in the end, the last first, whatever happened in between; Node 20 has no AsyncDisposableStack. */
export class CleanupStack {
  readonly #steps: (() => Promise<void> | void)[] = [];

  /** Adds a step. */
  defer(step: () => Promise<void> | void): void {
    this.#steps.push(step);
  }

  /**
   * Takes every step, once.
   *
   * @throws what the first of them threw that failed, when all were taken
   */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
