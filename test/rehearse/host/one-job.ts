// A runner that is registered anew for each job: the function that registers it, the way of GitHub's token to that, and two
// jobs, of which the second finds nothing of the first.

import { createContext, runInContext } from 'node:vm';
import { registrationCode } from '../../../infra/stack/server/one-job-registration.ts';
import type { Report } from '../report.ts';
import { until } from '../until.ts';
import type { Amazon } from './amazon.ts';
import type { GitHub } from './github.ts';
import { type Addresses, keepToken } from './registration.ts';
import type { Server } from './server.ts';

interface Parts {
  readonly server: Server;
  readonly github: GitHub;
  readonly amazon: Amazon;
  readonly addresses: Addresses;
  /** Amazon's, as the server knows it. */
  readonly amazonAddress: string;
  readonly report: Report;
}

/** On a server that the user data of runner=ephemeral has just made. */
export async function checkOneJobRunner({ server, github, amazon, addresses, amazonAddress, report }: Parts) {
  const secret: { token?: string } = {};
  amazon.registerOneJob = registration(addresses.fromHere, () => secret.token);
  server.write(
    '/etc/systemd/system/actions-runner.service.d/rehearsal.conf',
    `[Unit]\nStartLimitIntervalSec=0\n[Service]\nEnvironment=AWS_EC2_METADATA_SERVICE_ENDPOINT=${amazonAddress} AWS_ENDPOINT_URL_LAMBDA=${amazonAddress}\nRestartSec=1\n`,
  );
  await server.run('systemctl daemon-reload; systemctl restart actions-runner');
  const log = async () => (await server.run('journalctl -u actions-runner --no-pager -n 40')).text;
  await until(async () => (await log()).includes('No registration was given'), { timeout: 30_000, interval: 300 });
  report.check('without a token of GitHub it says what is missing', /npm run runner:register/.test(await log()));
  report.equal('and nothing is registered', github.oneJobs.length, 0);

  const register = (token: string) => keepToken(server, addresses, token);
  const wrong = await register('github_pat_of_somebody_else');
  report.check('npm run runner:register refuses a token that GitHub does not take', wrong.status === 1, wrong.said);
  report.equal('and keeps nothing of it', wrong.stored, '');
  const right = await register(github.administrationToken);
  report.check('npm run runner:register takes one that it does', right.status === 0, right.said);
  report.equal('into Secrets Manager', right.stored, github.administrationToken);
  report.check(
    'and by no argument, nor to the terminal',
    !`${right.said}${right.calls}`.includes(github.administrationToken),
    right,
  );
  secret.token = right.stored;

  const done = (count: number) => () => github.oneJobs.filter(({ outcome }) => outcome !== undefined).length >= count;
  const wait = { timeout: 60_000, interval: 100 };
  github.queue.push(
    'echo kept >left; echo kept >~/left; (setsid sleep 1000 >/dev/null 2>&1 &); docker version >/dev/null && env',
  );
  await until(done(1), wait);
  github.queue.push('ls -A . ~; pgrep -f "sleep 100[0]" || echo none; find / -xdev -name left 2>/dev/null || true');
  await until(done(2), wait);
  await until(() => github.oneJobs.length > 2, wait);
  const [first, second] = github.oneJobs;
  report.equal(
    'two jobs were two registrations, and the third waits',
    github.oneJobs.map(({ outcome }) => outcome !== undefined),
    [true, true, false],
  );
  report.equal('each under a name of its own', new Set(github.oneJobs.map(({ name }) => name)).size, 3);
  report.equal('with the labels that the workflow asks for', first?.labels, ['self-hosted', 'plumbline']);
  report.check('a job has Docker', first?.outcome?.startsWith('0: ') === true, first?.outcome);
  report.check(
    'and knows neither the registration nor the token',
    !/JITCONFIG|github_pat/.test(first?.outcome ?? ''),
    first?.outcome,
  );
  report.equal(
    'the next finds nothing that it left: no file, no process',
    second?.outcome,
    '0: .:\n\n/home/runner:\n.docker\nnone',
  );
  report.equal('as its own user', github.pollers.at(-1), 'runner');
  const { text } = await server.run(
    `grep -rlsF --exclude-dir=proc --exclude-dir=sys --exclude-dir=dev -e '${github.administrationToken}' /; journalctl --no-pager | grep -cF '${github.administrationToken}'`,
  );
  report.equal('no file on the server holds the token, nor does the journal', text, '0');
}

/** The stack's function as Lambda has it, but for where GitHub and its secret are. */
export function registration(github: string, secret: () => string | undefined): () => Promise<unknown> {
  class SecretsManagerClient {
    async send() {
      const SecretString = secret();
      if (SecretString === undefined) throw new Error("Secrets Manager can't find the specified secret value.");
      return { SecretString };
    }
  }
  const exports: { handler?: () => Promise<unknown> } = {};
  const context = createContext({
    exports,
    fetch,
    process: {
      env: { SECRET: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:token', REPOSITORY: 'acme/scores' },
    },
    require: () => ({ GetSecretValueCommand: class {}, SecretsManagerClient }),
  });
  runInContext(registrationCode.replaceAll('https://api.github.com', github), context);
  return async () => exports.handler?.();
}
