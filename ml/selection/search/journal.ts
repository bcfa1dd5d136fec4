import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from '../../core/errors.ts';
import { groupBy } from '../../core/group-by.ts';
import { recipeSchema } from '../../features/recipe.ts';
import { paramsSchema, scoresSchema } from '../evaluated.ts';
import type { FoldResult } from '../evaluation.ts';
import type { FitFailure } from '../fit-job.ts';
import { keyOf } from './candidate-key.ts';
import type { Memory } from './run-search.ts';
import type { Outcome, Proposal } from './strategy.ts';

const JOURNAL = 'trials.jsonl';
const PREDICTIONS = 'predictions';

/** A line of trials.jsonl: a candidate and what it came to in some folds. */
const lineSchema = z.object({
  /** Of the fit, which several candidates may share; the stem of the file of its predictions. */
  fit: z.string(),
  model: z.string(),
  params: paramsSchema,
  features: z.array(recipeSchema).readonly().optional(),
  /** How many rows were learned from, where not all were. */
  rows: z.number().optional(),
  status: z.enum(['scored', 'failed']),
  reason: z.string().optional(),
  folds: z.array(
    z.object({
      fold: z.number(),
      /** How many rows were predicted, and how many numbers of each. */
      held: z.number(),
      outputs: z.number(),
      scores: scoresSchema,
      rounds: z.number().nullable(),
      fitSeconds: z.number(),
      predictSeconds: z.number(),
    }),
  ),
});
type Line = z.infer<typeof lineSchema>;

/**
 * The trials of a search, on disk: a line for each in trials.jsonl, and what each predicts beside it. A trial is noted
 * before it counts, its predictions first, so that a search that is killed at any moment can be taken up where it was.
 */
export class Journal implements Memory {
  readonly #folder: string;
  readonly #known: ReadonlyMap<string, readonly Line[]>;
  #last: Promise<void> = Promise.resolve();

  private constructor(folder: string, known: ReadonlyMap<string, readonly Line[]>) {
    this.#folder = folder;
    this.#known = known;
  }

  /** A journal without a trial. What an earlier search left in the folder is removed. */
  static async begin(folder: string): Promise<Journal> {
    await rm(join(folder, PREDICTIONS), { recursive: true, force: true });
    await mkdir(join(folder, PREDICTIONS), { recursive: true });
    await writeFile(join(folder, JOURNAL), '');
    return new Journal(folder, new Map());
  }

  /** The journal that a search left which did not come to its end. */
  static async takeUp(folder: string): Promise<Journal> {
    const lines = wholeLines(await readFile(join(folder, JOURNAL), 'utf8'));
    // What was cut off is written anew.
    await replace(join(folder, JOURNAL), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await mkdir(join(folder, PREDICTIONS), { recursive: true });
    return new Journal(
      folder,
      groupBy(lines, ({ fit }) => fit),
    );
  }

  /** Whether a search has left a journal in a folder. */
  static async isIn(folder: string): Promise<boolean> {
    const names = await readdir(folder);
    return names.includes(JOURNAL);
  }

  /** How many trials it knew when it was taken up. */
  get trials(): number {
    return [...this.#known.values()].reduce((sum, lines) => sum + lines.length, 0);
  }

  async recall(proposal: Proposal): Promise<Outcome | undefined> {
    const lines = this.#known.get(nameOf(proposal));
    if (lines?.length !== proposal.fit.candidates.length) return undefined;
    if (lines.some(({ status }) => status === 'failed'))
      return { proposal, results: lines.map(({ reason = '' }): FitFailure => ({ status: 'failed', reason })) };
    const bytes = await readFile(this.#predictionsOf(proposal)).catch((error) => {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    });
    const numbers = lines.reduce(
      (sum, { folds }) => folds.reduce((all, each) => all + each.held * each.outputs, sum),
      0,
    );
    if (bytes?.length !== numbers * Float64Array.BYTES_PER_ELEMENT) return undefined;
    return { proposal, results: unpacked(bytes, lines) };
  }

  async note(outcome: Outcome): Promise<void> {
    const { proposal, results } = outcome;
    const predictions = results.flatMap((result) =>
      'reason' in result ? [] : result.map(({ predictions: { values } }) => values),
    );
    await replace(this.#predictionsOf(proposal), packed(predictions));
    const text = linesOf(outcome)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('');
    // One after the other, so that lines never mix.
    this.#last = this.#last.then(() => appendFile(join(this.#folder, JOURNAL), text));
    await this.#last;
  }

  /** Forgets what only an interrupted search needs; trials.jsonl stays for people to read. */
  async end(): Promise<void> {
    await rm(join(this.#folder, PREDICTIONS), { recursive: true, force: true });
  }

  #predictionsOf(proposal: Proposal): string {
    return join(this.#folder, PREDICTIONS, `${nameOf(proposal)}.f64`);
  }
}

/** The same for the same proposal, whenever it is made. */
function nameOf({ fit: { fitted, rounds }, folds, how: { rows, patience } }: Proposal): string {
  const text = JSON.stringify([keyOf(fitted), rounds ?? null, folds, rows ?? null, patience ?? null]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function linesOf({ proposal, results }: Outcome): Line[] {
  const { fit, how } = proposal;
  return fit.candidates.map(({ model, params, features }, i) => {
    const result = results[i] as readonly FoldResult[] | FitFailure;
    const common = { fit: nameOf(proposal), model, params, features, rows: how.rows };
    if ('reason' in result) return { ...common, status: 'failed', reason: result.reason, folds: [] };
    const folds = result.map(({ fold, scores, rounds, fitSeconds, predictSeconds, predictions }) => {
      const { rows: held, outputs } = predictions;
      return { fold, held, outputs, scores, rounds, fitSeconds, predictSeconds };
    });
    return { ...common, status: 'scored', folds };
  });
}

/** The lines of a journal that can be read: the last may have been cut off, and another one damaged or edited. What is lost is fitted again. */
function wholeLines(text: string): Line[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole.split('\n').flatMap((line) => {
    try {
      return lineSchema.safeParse(JSON.parse(line)).data ?? [];
    } catch {
      return [];
    }
  });
}

function packed(arrays: readonly Float64Array[]): Uint8Array {
  return Buffer.concat(
    arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  );
}

function unpacked(bytes: Buffer, lines: readonly Line[]): FoldResult[][] {
  // A copy, whose numbers are aligned.
  const values = new Float64Array(new Uint8Array(bytes).buffer);
  let at = 0;
  return lines.map(({ folds }) =>
    folds.map(({ held, outputs, ...result }) => {
      const start = at;
      at += held * outputs;
      return { ...result, predictions: { rows: held, outputs, values: values.slice(start, at) } };
    }),
  );
}

/** Writes a file whole or not at all; the same one may be written twice at once. */
async function replace(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
