// The vitals that the alarms live on, from the server's timer to CloudWatch's door, before and after a first deploy.

import type { Report } from '../report.ts';
import type { Amazon } from './amazon.ts';
import type { Server } from './server.ts';

const stream = 'vitals/i-0123456789abcdef0';

export async function checkVitals(server: Server, amazon: Amazon, address: string, report: Report): Promise<void> {
  server.write(
    '/etc/systemd/system/plumbline-vitals.service.d/rehearsal.conf',
    `[Service]\nEnvironment=AWS_EC2_METADATA_SERVICE_ENDPOINT=${address} AWS_ENDPOINT_URL_LOGS=${address}\n`,
  );
  // The timer would take what these checks count.
  await server.run('systemctl stop plumbline-vitals.timer; systemctl daemon-reload; systemctl reset-failed');
  const send = async () => {
    const before = amazon.events.length;
    const { status, text } = await server.run(
      'systemctl start plumbline-vitals || journalctl -u plumbline-vitals -n 20 --no-pager',
    );
    const [event] = amazon.events.slice(before).filter((sent) => sent.stream === stream);
    return { status, text, vitals: event ? JSON.parse(event.message).vitals : undefined };
  };

  const waiting = await send();
  report.check('a waiting server reports disk and memory, signed as Amazon asks', waiting.vitals !== undefined, {
    ...waiting,
    refusals: amazon.refusals,
  });
  report.equal('and nothing of an app that is not there', Object.keys(waiting.vitals ?? {}), [
    'disk_used_percent',
    'memory_used_percent',
  ]);
  report.check(
    'the figures are percentages',
    Object.values(waiting.vitals ?? {}).every(
      (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) < 100,
    ),
    waiting.vitals,
  );
  report.equal('in a stream that it made', amazon.streams, [stream]);

  await server.run('echo deployed >/var/lib/plumbline/deploys.log', 'runner');
  await send();
  await server.run('for _ in 1 2 3; do curl -s -o /dev/null http://127.0.0.1/; done');
  const down = (await send()).vitals;
  report.equal('where no version is ready it says so', down?.app_healthy, 0);
  // Its own question is answered with a 503 as well.
  report.equal('and counts what people got', down?.responses_5xx, 4);

  await server.run(`mkdir -p /tmp/app/www && cp /bin/busybox /tmp/app/ && echo ready >/tmp/app/www/readyz && echo hello >/tmp/app/www/index.html
    tar -C /tmp/app -c . | docker import - app
    docker run -d --name blue --init --restart unless-stopped --publish 127.0.0.1:8081:8081 app /busybox httpd -f -p 8081 -h /www`);
  await server.run('for _ in $(seq 300); do curl -fs http://127.0.0.1/readyz && break; sleep 0.1; done');
  report.equal(
    'a version that is ready gets the traffic by itself',
    (await server.run('curl -s http://127.0.0.1/')).text,
    'hello',
  );
  await send();
  const up = (await send()).vitals;
  report.equal('and the server says that it is healthy', [up?.app_healthy, up?.responses_5xx], [1, 0]);
  await server.run('systemctl start plumbline-vitals.timer');
  report.equal('nothing was refused but the first line, for want of its stream', amazon.refusals.length, 1);
}
