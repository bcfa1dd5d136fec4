import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import table from '../../infra/prices.json' with { type: 'json' };
import { blocksOf, readDocument } from '../documents/markdown.ts';
import { temporaryFolder } from '../temporary.ts';
import { json, run } from './house-folder.ts';

const DOCUMENT = 'docs/operate/costs.md';
const document = readDocument(DOCUMENT).split('\n');

/** The cells of the table that comes next after a line of the document, without what they are emphasised by. */
function tableAfter(line: number): string[][] {
  const first = document.findIndex((text, i) => i >= line && text.startsWith('|'));
  const rows = document.slice(
    first,
    document.findIndex((text, i) => i > first && !text.startsWith('|')),
  );
  const cells = rows.map((row) => row.replaceAll('**', '').split('|').slice(1, -1));
  return cells.filter((_, i) => i !== 1).map((row) => row.map((cell) => cell.trim()));
}

describe('the document', () => {
  const commands = blocksOf(DOCUMENT).filter(({ text }) => text.startsWith('npm run cost -- '));

  test('shows a month of the server, of a fleet, and one with a training', () => {
    const text = commands.map((block) => block.text).join('\n');
    for (const option of ['--size server', '--size fleet', '--training-rows']) expect(text).toContain(option);
  });

  test.each(commands)('has below `$text` what that prints', async ({ text, line }) => {
    const [, , , ...args] = text.split(' ').slice(1);
    const { code, stdout } = await run('cost', ...args);
    expect(code).toBe(0);
    const [, printed = '', assumed = ''] = stdout.split('\n\n');
    const rows = printed.split('\n').map((row) => row.trim().split(/ {2,}/));
    expect(tableAfter(line).map((cells) => cells.filter((cell) => cell !== ''))).toEqual(rows);
    for (const assumption of assumed.trim().split('\n').slice(2)) expect(document).toContain(assumption);
  });

  test('names every price with its date, its source and how sure it is', () => {
    const rows = tableAfter(document.indexOf('## The prices'));
    const expected = Object.entries(table.prices).map(([name, { usd, unit, as_of, source, certainty }]) => [
      `\`${name}\``,
      `${usd['us-east-1']} a ${unit}`,
      as_of,
      `[${new URL(source).pathname.split('/')[1]}](${source})`,
      certainty,
    ]);
    expect(rows.slice(1)).toEqual(expected);
  });
});

describe('npm run cost', () => {
  test('takes the size and the requests, and writes what it prints for programs', async () => {
    const file = join(temporaryFolder(), 'month.json');
    const { code, stdout } = await run('cost', '--size', 'fleet', '--requests', '10M', '--json', file);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^A month of a fleet in us-east-1, 10,000,000 requests\n/);
    const { lines, total, ...month } = json(file);
    expect(month).toMatchObject({ size: 'fleet', region: 'us-east-1', requests: 1e7, assumptions: expect.any(Array) });
    expect(lines.reduce((sum: number, { usd }: { usd: number }) => sum + usd, 0)).toBeCloseTo(total, 9);
    expect(stdout).toMatch(new RegExp(`^together +${total.toFixed(2).replace('.', '\\.')}$`, 'm'));
  });

  test.each([
    ['250k', 250_000],
    ['1.5M', 1_500_000],
    ['2G', 2e9],
    ['1000000', 1e6],
    ['1,000,000', 1e6],
    ['0', 0],
  ])('%s requests are %d', async (text, requests) => {
    const { stdout } = await run('cost', '--requests', text);
    expect(stdout).toContain(`, ${requests.toLocaleString('en')} requests\n`);
  });

  test.each([
    [['--requests', 'ten'], /such as 250k, 10M/],
    [['--requests', '1.5'], /such as 250k, 10M/],
    [['--requests', '-1'], /such as 250k, 10M/],
    [['--size', 'castle'], /Allowed choices are server, fleet/],
    [['--min', '2'], /--min and --max are of a fleet: add --size fleet/],
    [['--size', 'fleet', '--min', '9', '--max', '3'], /--min 9 is more than --max 3/],
    [['--size', 'fleet', '--min', '0'], /a whole number from 1 to 1000/],
    [['--size', 'fleet', '--runner', 'ephemeral'], /--runner is of a server: leave it out, or --size fleet/],
    [['--runner', 'rented'], /Allowed choices are self-hosted, ephemeral, none/],
    [['--auth', 'trust'], /Allowed choices are oidc, keys, both/],
    [['--region', 'mars-1'], /infra\/prices\.json has no prices of mars-1, but of us-east-1/],
    [['--training-hours', 'long'], /a number of hours/],
  ])('%s is refused with what is allowed', async (args, message) => {
    expect(await run('cost', ...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });
});
