// Caddy's access log goes where the app's does: by a container that may read that log and nothing else.

import type { Report } from '../report.ts';
import { until } from '../until.ts';
import type { Site } from './site.ts';

const container = 'plumbline-access-log';

/** A request is seen in the log, without the parameters of its address; and what follows the log is confined. */
export async function checkAccessLog({ server }: Site, report: Report, path: string): Promise<void> {
  await fetch(`http://${server.address}${path}?value=entered`);
  report.check(`the request for ${path} is in the log`, await logged(server, `"uri":"${path}"`));
  const { text } = await server.run(
    `docker container inspect ${container}; id --user caddy; id --group caddy; stat --format %U /var/log/caddy`,
  );
  const [inspected = '', user, group, owner] = text.trim().split(/\n(?=\w)/);
  const [{ Config, HostConfig, Mounts }] = JSON.parse(inspected);
  report.equal(
    'what follows it is confined to that log, without a network',
    [
      Config.User,
      owner,
      Mounts.map(({ Source, RW }: { Source: string; RW: boolean }) => [Source, RW]),
      HostConfig.NetworkMode,
      HostConfig.ReadonlyRootfs,
      HostConfig.CapDrop,
      HostConfig.LogConfig.Type,
      HostConfig.LogConfig.Config['awslogs-group'],
    ],
    [`${user}:${group}`, 'caddy', [['/var/log/caddy', false]], 'none', true, ['ALL'], 'awslogs', '/plumbline/server'],
  );
}

/** Whether a line with that text arrives within ten seconds; Docker keeps a copy of what it sends. */
function logged(server: Site['server'], text: string): Promise<boolean> {
  const isThere = async () => (await server.run(`docker logs ${container} 2>&1`)).text.includes(text);
  return until(isThere, { timeout: 10_000, interval: 500 });
}
