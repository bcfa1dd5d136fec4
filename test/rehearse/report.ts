// Tells a rehearsal as it goes: what is being done, what was checked, how long it took; and counts.

import { isDeepStrictEqual, styleText } from 'node:util';

/** Something that is missing on this machine, so that the rehearsal cannot be held here: exit code 2. */
export class CannotRehearse extends Error {}

export class Report {
  private readonly began = performance.now();
  private stepBegan = this.began;
  private checks = 0;
  private readonly failures: string[] = [];

  /** Begins a step of the story. */
  step(title: string): void {
    this.endStep();
    console.log(style('bold', title));
    this.stepBegan = performance.now();
  }

  /** Checks that something holds; `found` is shown where it does not. */
  check(title: string, holds: boolean, found?: unknown): void {
    this.checks += 1;
    console.log(holds ? `  ${style('green', '✓')} ${title}` : `  ${style('red', '✗')} ${title}`);
    if (holds) return;
    this.failures.push(title);
    if (found !== undefined) console.log(indent(typeof found === 'string' ? found : JSON.stringify(found, null, 2)));
  }

  /** Checks that what was found is what was promised. */
  equal(title: string, found: unknown, expected: unknown): void {
    const same = isDeepStrictEqual(found, expected);
    this.check(title, same, { expected, found });
  }

  /** Says how it ended; the exit code is 0 or 1. */
  finish(): number {
    this.endStep();
    const time = seconds(performance.now() - this.began);
    const failed = this.failures.length;
    console.log(
      failed === 0
        ? style('green', `${this.checks} checks passed in ${time}.`)
        : style(
            'red',
            `${failed} of ${this.checks} checks failed in ${time}:\n${this.failures.map((title) => `  ✗ ${title}`).join('\n')}`,
          ),
    );
    return failed === 0 ? 0 : 1;
  }

  private endStep(): void {
    if (this.checks > 0 || this.stepBegan !== this.began) {
      console.log(style('dim', `  ${seconds(performance.now() - this.stepBegan)}`));
    }
  }
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

const indent = (text: string) => text.replace(/^/gm, '      ');

const style = (format: 'bold' | 'green' | 'red' | 'dim', text: string) => styleText(format, text);
