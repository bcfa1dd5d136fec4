// A server without a runner, which Systems Manager has deploy: nothing of a runner is left, and what Systems Manager runs is there.

import type { Report } from '../report.ts';
import type { Server } from './server.ts';

const digest = `sha256:${'a'.repeat(64)}`;

/** On a server that the user data of runner=none has just made of one with a runner. */
export async function checkNoRunner(server: Server, report: Report): Promise<void> {
  const ask = async (command: string) => (await server.run(command)).text;
  report.equal(
    'the unit of the runner is gone',
    await ask('systemctl list-unit-files "actions-runner*" --no-legend'),
    '',
  );
  report.equal(
    'so are its files',
    await ask('ls -d /opt/actions-runner* /etc/systemd/system/actions-runner* 2>/dev/null'),
    '',
  );
  report.equal('and its processes', await ask('pgrep -u runner'), '');
  report.equal(
    'of the scripts these are there',
    await ask('cd /opt/plumbline/host && ls *.sh'),
    'deploy-image.sh\ninstance-role.sh\nvitals.sh',
  );
  report.equal('what served serves', await ask("docker ps --format '{{.Names}}'"), 'blue');
  for (const wrong of ['', 'latest', `${digest}0`, `${digest} more`, `x${digest}`]) {
    const { status } = await server.run(`/opt/plumbline/host/deploy-image.sh ${wrong}`);
    report.equal(`a deploy of "${wrong}" is refused`, status, 2);
  }
  const { status, text } = await server.run(`/opt/plumbline/host/deploy-image.sh ${digest}`);
  report.check(
    'one of an image that the registry does not give fails, and says so',
    status === 1 && /^FAILED: the image cannot be pulled; \S+ are free/m.test(text),
    text,
  );
  report.equal('and leaves nothing', await ask('ls /var/lib/plumbline | grep scripts'), '');
}
