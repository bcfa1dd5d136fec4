// `npm run runner:register`, as its user types it, with doubles of gh and aws first on the path.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from '../process.ts';
import type { Report } from '../report.ts';
import type { GitHub } from './github.ts';
import type { Server } from './server.ts';

/** The rehearsal's GitHub: its address as the server knows it, and as this machine does. */
export interface Addresses {
  readonly fromServer: string;
  readonly fromHere: string;
}

/** What came of the command where the runner is registered for each job. */
export interface Registered {
  readonly status: number | null;
  readonly said: string;
  /** What the doubles were called with. */
  readonly calls: string;
  /** What stands in Secrets Manager. */
  readonly stored: string;
}

/** Gives a token of GitHub to the command, by standard input. */
export async function keepToken(server: Server, { fromHere }: Addresses, token: string): Promise<Registered> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-calls-'));
  const [calls, stored] = [join(folder, 'calls'), join(folder, 'stored')];
  const { status, output: said } = await run('npm', ['run', '--silent', 'runner:register'], {
    env: { ...doubled(server, calls, fromHere), REHEARSAL_SECRET: stored },
    input: `${token}\n`,
  });
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const registered = { status, said, calls: read(calls), stored: read(stored) };
  rmSync(folder, { recursive: true });
  return registered;
}

const doubled = (server: Server, calls: string, github: string) => ({
  ...process.env,
  PATH: `${join(import.meta.dirname, 'doubles')}${delimiter}${process.env.PATH}`,
  REHEARSAL_CALLS: calls,
  REHEARSAL_GITHUB: github,
  REHEARSAL_SERVER: server.name,
});

export async function registerRunner(
  server: Server,
  github: GitHub,
  { fromServer, fromHere }: Addresses,
  report: Report,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-calls-'));
  const callsFile = join(folder, 'calls');
  const { status, output: said } = await run(
    'npm',
    ['run', '--silent', 'runner:register', '--', '--github', fromServer],
    { env: doubled(server, callsFile, fromHere) },
  );
  const calls = readFileSync(callsFile, 'utf8');
  rmSync(folder, { recursive: true });

  const token = github.tokens.at(-1) ?? '';
  const registration = github.registrations.at(-1);
  report.check('the command succeeds', status === 0, said);
  report.equal('GitHub was shown the token that it had minted', registration?.authorization, `RemoteAuth ${token}`);
  report.equal("for the repository, under the server's name, with the label of deploys", registration?.body, {
    url: `${fromServer}/acme/scores`,
    runner_event: 'register',
    name: server.name,
    labels: 'plumbline',
  });
  report.check('the token was not shown to anybody else', token !== '' && !said.includes(token), said);
  report.check('nor an argument of a command', calls.includes('start-session') && !calls.includes(token), calls);
  report.equal('the runner runs', (await server.run('systemctl is-active actions-runner')).text, 'active');
  const users = await server.run('ps -o user= -p "$(systemctl show -p MainPID --value actions-runner)"');
  report.equal('as its own user', users.text, 'runner');
  await checkNoTrace(server, token, report);
}

/** No file of the server holds the token: none of the system, of a user or of a service, and no log. */
async function checkNoTrace(server: Server, token: string, report: Report): Promise<void> {
  const search = (text: string, folder: string) =>
    `grep -rlsF --exclude-dir=proc --exclude-dir=sys --exclude-dir=dev -e '${text}' ${folder}`;
  const { text } = await server.run(`${search(token, '/')}; journalctl --no-pager | grep -cF '${token}'`);
  report.equal('no file on the server holds the token, nor does the journal', text, '0');
  const control = `control-${token.slice(0, 8)}`;
  const found = await server.run(
    `echo ${control} >/var/tmp/control; ${search(control, '/var/tmp')}; rm /var/tmp/control`,
  );
  report.equal('(the search finds a file that holds what it seeks)', found.text, '/var/tmp/control');
}
