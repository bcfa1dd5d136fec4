import { DataError, type Issue } from '../core/errors.ts';
import { type CellProblem, cellMessage, shownCell } from './cell-problem.ts';
import type { Column } from './declaration.ts';
import type { ProblemSink } from './row-parser.ts';
import type { Place } from './sources/row-source.ts';

/** So many problems of one kind are told one by one; more of them in one sentence. */
const TOLD_ALONE = 3;
const SHOWN = 20;
const TEXTS_SHOWN = 4;
/** Of a column with more different bad texts than that, those that come later are only counted. */
const TEXTS_KEPT = 1000;
const TEXT_KEPT = 200;

/** Problems of one kind: in one column, for one reason. */
interface Group {
  readonly path: string;
  readonly firstLine: number;
  /** The first of them, one by one. */
  readonly alone: (Issue & { readonly line: number })[];
  readonly texts: Map<string, { count: number; readonly line: number }>;
  count: number;
  /** All of them in a sentence. */
  summary(group: Group, rows: number): string;
}

/** Collects what is wrong with a file, by column and kind. */
export class IssueLog implements ProblemSink {
  readonly #place: Place;
  readonly #groups = new Map<string, Group>();
  #total = 0;
  #rows = 0;

  /** @param place what rows are counted in */
  constructor(place: Place = 'line') {
    this.#place = place;
  }

  /** How many rows there are so far, good or bad. */
  countRow(): void {
    this.#rows += 1;
  }

  /** A row that means nothing as a whole. */
  addRow(line: number, message: string): void {
    const summary = ({ count, firstLine }: Group) => `${count} rows: ${message}, first ${this.#at(firstLine)}`;
    this.#add(`row: ${message}`, '', line, { path: `${this.#place} ${line}`, message }, summary);
  }

  /** A cell that its column refuses. */
  addCell(line: number, column: Column, text: string, problem: CellProblem): void {
    const { name } = column;
    const issue = { path: `${this.#place} ${line}, ${name}`, message: cellMessage(text, problem) };
    const group = this.#add(`${name}: ${problem.many}`, name, line, issue, (group, rows) =>
      summaryOf(group, problem, rows, this.#at),
    );
    const start = text.slice(0, TEXT_KEPT);
    const known = group.texts.get(start);
    if (known) known.count += 1;
    else if (group.texts.size < TEXTS_KEPT) group.texts.set(start, { count: 1, line });
  }

  /** A row that the model has no finite prediction for. */
  addUnpredicted(line: number, reason: string): void {
    const summary = ({ count, firstLine, alone }: Group) =>
      `${count} rows have no finite prediction, first ${this.#at(firstLine)}: ${alone[0]?.message}`;
    this.#add('unpredicted', '', line, { path: `${this.#place} ${line}`, message: reason }, summary);
  }

  get any(): boolean {
    return this.#total > 0;
  }

  /** What was added, in the order of the lines: a few of a kind one by one, many of a kind in one. */
  issues(): Issue[] {
    return [...this.#groups.values()]
      .flatMap((group) =>
        group.count <= TOLD_ALONE
          ? group.alone
          : [{ line: group.firstLine, path: group.path, message: group.summary(group, this.#rows) }],
      )
      .sort((a, b) => a.line - b.line)
      .map(({ path, message }) => ({ path, message }));
  }

  /** @throws DataError holding what was added, if anything was. */
  throwIfAny(file: string): void {
    if (this.#total === 0) return;
    const problems = this.#total === 1 ? '1 problem' : `${this.#total} problems`;
    const issues = this.issues();
    throw new DataError(`${file} has ${problems}; nothing was written`, {
      issues: issues.slice(0, SHOWN),
      total: issues.length,
    });
  }

  /** Where a row is, in words. */
  readonly #at = (line: number): string => (this.#place === 'line' ? `on line ${line}` : `in row ${line}`);

  #add(key: string, path: string, line: number, issue: Issue, summary: Group['summary']): Group {
    this.#total += 1;
    const made: Group = { path, firstLine: line, alone: [], texts: new Map(), count: 0, summary };
    const group = this.#groups.get(key) ?? made;
    this.#groups.set(key, group);
    group.count += 1;
    if (group.count <= TOLD_ALONE) group.alone.push({ ...issue, line });
    return group;
  }
}

function summaryOf(
  { count, texts }: Group,
  { many, remedy }: CellProblem,
  rows: number,
  at: (line: number) => string,
): string {
  const all = count === rows ? 'all ' : '';
  const often = [...texts].sort(([, a], [, b]) => b.count - a.count || a.line - b.line);
  const examples = often.slice(0, TEXTS_SHOWN).map(([text, { count, line }]) => {
    const times = count === 1 ? at(line) : `${count} times, first ${at(line)}`;
    return `${shownCell(text)} (${times})`;
  });
  const more = texts.size > TEXTS_SHOWN ? ', …' : '';
  return `${all}${count} values ${many}: ${examples.join(', ')}${more}${remedy === undefined ? '' : `; ${remedy}`}`;
}

/** Tells a log, and fills a list with what is wrong with one row. */
export function tellBoth(log: IssueLog, reasons: string[]): ProblemSink {
  return {
    addRow(line, message) {
      log.addRow(line, message);
      reasons.push(message);
    },
    addCell(line, column, text, problem) {
      log.addCell(line, column, text, problem);
      reasons.push(`${column.name}: ${cellMessage(text, problem)}`);
    },
  };
}
