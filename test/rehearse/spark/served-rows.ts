import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { dateTextOf } from '../../../ml/data/kinds/date-text.ts';
import { atExit, root } from '../process.ts';
import { declaration } from './generated-cars.ts';

/** A held-out row of a job's results as the API takes it, and what the job predicted of it. */
export interface ProvedRow {
  readonly record: Readonly<Record<string, unknown>>;
  readonly expected: number;
}

/** The first held-out rows that a job has kept. */
export async function provedRows(path: string, count: number): Promise<ProvedRow[]> {
  const rows: ProvedRow[] = [];
  let header: string[] | undefined;
  for await (const line of createInterface(createReadStream(path))) {
    const cells = line.split(',');
    if (!header) {
      header = cells;
      continue;
    }
    const cell = (name: string) => cells[header?.indexOf(name) ?? -1] ?? '';
    if (cell('__part') !== 'hold') continue;
    const values = declaration.columns
      .filter(({ name }) => name !== declaration.target)
      .map((column) => [column.name, jsonValue(column, cell(column.name))]);
    rows.push({ record: Object.fromEntries(values), expected: Number(cell('__p_0')) });
    if (rows.length === count) break;
  }
  return rows;
}

function jsonValue(column: (typeof declaration)['columns'][number], text: string): unknown {
  if (text === '') return null;
  if (column.kind === 'categorical') return column.levels[Number(text)];
  if (column.kind === 'yes_no') return text === '1.0';
  return column.kind === 'date' ? dateTextOf(column.format).write(Number(text)) : Number(text);
}

/** Starts the app on the release in use, and asks it of each row. */
export async function askApp(artifacts: string, rows: readonly ProvedRow[]): Promise<number[]> {
  const env = { ...process.env, ARTIFACTS: artifacts, PORT: '0' };
  const server = spawn('node', ['app/server.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const { cancel } = atExit(() => server.kill('SIGKILL'));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      createInterface(server.stdout).on('line', (line) => {
        const [found] = /http:\/\/localhost:\d+/.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      });
      server.on('exit', () => reject(new Error('the app has ended')));
    });
    const body = JSON.stringify(rows.map(({ record }) => record));
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/api/v1/predictions`, { method: 'POST', headers, body });
    const answer = (await response.json()) as { prediction: number }[];
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer.map(({ prediction }) => prediction);
  } finally {
    cancel();
    server.kill('SIGKILL');
  }
}
