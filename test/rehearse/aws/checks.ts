// The report of a rehearsal, with what these checks need besides.

import { Report } from '../report.ts';

/** What follows cannot be rehearsed. The check that failed is in the report. */
export class StepFailed extends Error {}

export class Checks extends Report {
  /** How many checks failed so far. */
  failed = 0;

  override check(title: string, holds: boolean, found?: unknown): void {
    if (!holds) this.failed += 1;
    super.check(title, holds, found);
  }

  /** @throws StepFailed where it does not hold: what follows makes no sense without it */
  demand(title: string, holds: boolean, found: string): void {
    this.check(title, holds, found);
    if (!holds) throw new StepFailed(`${title}: ${found}`);
  }

  includes(title: string, text: string, part: string): void {
    this.check(title, text.includes(part), { expected: part, found: text });
  }

  excludes(title: string, text: string, part: string): void {
    this.check(title, !text.includes(part), { expected: 'nowhere', found: text });
  }

  /** Something that a reader should know, and that is neither well nor wrong. */
  note(text: string): void {
    console.log(`  · ${text}`);
  }
}
