import { Command, InvalidArgumentError, Option } from 'commander';
import type { Credentials } from '../infra/commands/cost/credentials-month.ts';
import type { Month, MonthOptions, Size } from '../infra/commands/cost/month.ts';
import { ParamError } from '../ml/core/errors.ts';
import { jsonOption, printerBeside, textTable, writeJson } from './output.ts';

interface CostOptions {
  readonly size: Size;
  readonly requests: number;
  readonly region: string;
  readonly min?: number;
  readonly max?: number;
  readonly runner?: Credentials['runner'];
  readonly auth?: Credentials['auth'];
  readonly trainingHours?: number;
  readonly trainingRows?: number;
  readonly json?: string;
}

export function costCommand(): Command {
  return new Command('cost')
    .summary('What a month costs in AWS.')
    .description('Computes what a month costs in AWS, line by line, from the prices in infra/prices.json.')
    .addOption(
      new Option('--size <size>', 'what serves: one server or a fleet').choices(['server', 'fleet']).default('server'),
    )
    .option('--requests <n>', 'requests in the month: 250k, 10M, 1000000', amount, 1_000_000)
    .option('--min <n>', 'tasks of a fleet that always run (default: 2)', tasks)
    .option('--max <n>', 'tasks of a fleet at most (default: 6)', tasks)
    .addOption(
      new Option('--runner <runner>', "GitHub's runner on the server, as the stack's setting has it").choices([
        'self-hosted',
        'ephemeral',
        'none',
      ]),
    )
    .addOption(
      new Option('--auth <auth>', "how GitHub proves who it is, as the stack's setting has it").choices([
        'oidc',
        'keys',
        'both',
      ]),
    )
    .option('--training-hours <h>', 'hours in the month for which a cluster trains', hours)
    .option('--training-rows <n>', 'rows from which a cluster learns once a month: 20M, 1G', amount)
    .option('--region <region>', 'whose prices; the table has those of us-east-1 alone', 'us-east-1')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run cost -- --requests 250k\n  npm run cost -- --size fleet --requests 10M\n  npm run cost -- --size fleet --requests 2G --min 4 --max 20 --training-hours 10',
    )
    .action(run);
}

async function run(options: CostOptions): Promise<void> {
  const { json, min, max, ...asked } = options;
  const print = await printerBeside(json);
  const { costOfMonth } = await import('../infra/commands/cost/month.ts');
  if (asked.size === 'fleet' && asked.runner !== undefined)
    throw new ParamError('--runner is of a server: leave it out, or --size fleet');
  const month = costOfMonth({ ...asked, ...(await fleetOf(options)) });
  print(monthText(month));
  await writeJson(json, month);
}

/** @throws ParamError where there is no such fleet */
async function fleetOf({ size, min, max }: CostOptions): Promise<Pick<MonthOptions, 'fleet'>> {
  if (min === undefined && max === undefined) return {};
  if (size === 'server') throw new ParamError('--min and --max are of a fleet: add --size fleet');
  const { defaultFleet } = await import('../infra/commands/cost/fleet-month.ts');
  const fleet = {
    min: min ?? Math.min(defaultFleet.min, max as number),
    max: max ?? Math.max(defaultFleet.max, min as number),
  };
  if (fleet.min > fleet.max) throw new ParamError(`--min ${fleet.min} is more than --max ${fleet.max}`);
  return { fleet };
}

function monthText({ size, region, requests, lines, total, assumptions }: Month): string {
  const header = ['what', 'how much', 'price, USD', 'a month, USD'];
  const title = `A month of ${size === 'server' ? 'the server' : 'a fleet'} in ${region}, ${requests.toLocaleString('en')} requests`;
  const table = textTable(header, [...monthRows(lines), ['together', '', '', total.toFixed(2)]], header.slice(2));
  return `${title}\n\n${table}\n\nAssumed:\n${assumptions.map((line) => `- ${line}`).join('\n')}`;
}

/** The cells of each line, as the command and the documents show them. */
function monthRows(lines: Month['lines']): readonly (readonly string[])[] {
  return lines.map(({ item, quantity, unit, price, paid, usd }) => {
    const free = paid < quantity ? ` (${rounded(paid)} paid)` : '';
    return [
      item,
      `${rounded(quantity)} ${unit}${quantity === 1 ? '' : plural(unit)}${free}`,
      String(price),
      usd.toFixed(2),
    ];
  });
}

const plural = (unit: string) => (unit === 'GB' ? '' : 's');

const rounded = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

const THOUSANDS: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, B: 1e9 };

/** A number that may end in k, M or G. */
function amount(text: string): number {
  const [, digits = '', suffix = ''] =
    /^(\d+(?:\.\d+)?)([kKmMgGbB]?)$/.exec(text.trim().replace(/[_,](?=\d{3})/g, '')) ?? [];
  const value = Number(digits) * (THOUSANDS[suffix.toUpperCase()] as number);
  if (digits === '' || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('It must be a number, such as 250k, 10M or 1000000.');
  return value;
}

function tasks(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1 && value <= 1000))
    throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
  return value;
}

function hours(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('It must be a number of hours.');
  return value;
}
