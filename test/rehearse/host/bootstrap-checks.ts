// What a bootstrapped server has to be, each asked of the server itself.

import type { Report } from '../report.ts';
import type { Server } from './server.ts';

const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

/** A version that is ready, and closes the connection of whoever posts something. */
const breaksOff = `
import http.server
class Version(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def do_POST(self):
        pass
    def log_message(self, *_):
        pass
http.server.HTTPServer(("127.0.0.1", 8081), Version).serve_forever()
`;

export async function checkBootstrap(server: Server, report: Report): Promise<void> {
  const lines = async (command: string) => (await server.run(command)).text.split('\n').sort();
  const ask = async (command: string, user?: string) => (await server.run(command, user)).text;
  const holds = async (title: string, command: string, user?: string) => {
    const { status, text } = await server.run(command, user);
    report.check(title, status === 0, text);
  };

  report.equal(
    'docker, caddy, the timers and the runner are enabled',
    await ask(
      'systemctl is-enabled docker caddy plumbline-vitals.timer actions-runner apt-daily-upgrade.timer logrotate.timer',
    ),
    Array(6).fill('enabled').join('\n'),
  );
  report.equal(
    'docker, caddy and the vitals run',
    await ask('systemctl is-active docker caddy plumbline-vitals.timer'),
    'active\nactive\nactive',
  );
  report.equal(
    'no unit failed, but the vitals that have no CloudWatch here',
    await ask('systemctl --failed --plain --no-legend | grep -v plumbline-vitals || true'),
    '',
  );

  report.equal(
    'port 80 is open to all, the proxy is administrated on loopback, and nothing else listens but containerd, there too',
    await lines(
      `ss -Hltnp | sed -E 's/^\\S+ +\\S+ +\\S+ +(\\S+):([0-9]+) .*users:\\(\\("([^"]+)".*/\\3 \\1:\\2/; s/^(containerd 127.0.0.1):.*/\\1/' | sort -u`,
    ),
    ['caddy *:80', 'caddy 127.0.0.1:2019', 'containerd 127.0.0.1'],
  );
  const page = await ask('curl -si http://127.0.0.1/');
  report.check(
    'before the first deploy people read what is missing, with a 503 and when to come back',
    /^HTTP\/1.1 503 [\s\S]*Retry-After: 5[\s\S]*none has been deployed yet/.test(page),
    page,
  );

  const broken = await ask(
    `timeout 20 python3 -c '${breaksOff}' & sleep 2; curl -si -d x http://127.0.0.1/; kill $!; wait || true`,
  );
  report.check(
    'where a version breaks off they read that, and not that there is none',
    /^HTTP\/1.1 502 [\s\S]*Retry-After: 5[\s\S]*\n502 Bad Gateway$/.test(broken),
    broken,
  );

  report.equal(
    'who sends no whole header within a minute is not waited for',
    await ask(`curl -s http://127.0.0.1:2019/config/apps/http/servers/srv0/read_header_timeout`),
    '60000000000',
  );

  report.equal(
    'containers survive a restart of the engine',
    await ask("docker info --format '{{.LiveRestoreEnabled}} {{.LoggingDriver}}'"),
    'true local',
  );
  for (const [home, user] of [
    ['/root', 'root'],
    ['/home/runner', 'runner'],
  ] as const) {
    report.equal(
      `${user} logs in to Amazon ECR by the helper`,
      JSON.parse(await ask(`cat ${home}/.docker/config.json`)),
      {
        credHelpers: { [registry]: 'ecr-login' },
      },
    );
  }
  await holds('the helper is there', 'docker-credential-ecr-login version');
  await server.run('mkdir -p /tmp/tiny && cp /bin/busybox /tmp/tiny/ && tar -C /tmp/tiny -c . | docker import - tiny');
  report.equal(
    'the runner starts containers, limited as a deploy limits them',
    await ask(
      'docker run --rm --read-only --cap-drop ALL --security-opt no-new-privileges --memory 64m --pids-limit 64 --cpus 1 tiny /busybox echo works',
      'runner',
    ),
    'works',
  );

  report.equal('the runner is nobody special, but for Docker', await ask('id -Gn runner'), 'runner docker');
  report.equal('has no password', await ask("passwd --status runner | cut -d ' ' -f 1,2"), 'runner L');
  report.check('cannot become root by sudo', (await server.run('sudo --non-interactive true', 'runner')).status !== 0);
  report.equal('owns its folder', await ask('find /opt/actions-runner ! -user runner'), '');
  report.equal(
    'and can change nothing else of what the bootstrap made',
    await ask(
      'find /opt/plumbline /etc/plumbline /etc/caddy /etc/docker /etc/systemd/system /var/log/plumbline /var/lib/cloud/scripts -writable ! -type l',
      'runner',
    ),
    '',
  );
  report.equal('keeps the state of deploys', await ask('stat -c %U:%a /var/lib/plumbline'), 'runner:755');
  report.equal('waits to be registered', await ask('systemctl is-active actions-runner'), 'inactive');

  report.equal(
    'swap is on, for root alone',
    // (The kernel is this machine's, and may have swap of its own.)
    await ask("swapon --show=NAME,SIZE --noheadings | tr -s ' ' | grep ^/var/swap/; stat -c %a /var/swap/swapfile"),
    '/var/swap/swapfile 64M\n600',
  );
  report.equal('and once in fstab', await ask('grep -c swapfile /etc/fstab'), '1');
  await holds('log rotation takes its rules', 'logrotate --debug /etc/logrotate.d/plumbline');
  report.equal(
    'the journal is bounded',
    await ask('systemd-analyze cat-config systemd/journald.conf | grep ^SystemMaxUse'),
    'SystemMaxUse=200M',
  );
  report.equal(
    'security updates install by themselves, and reboot by night',
    await ask('apt-config dump | grep -E "Periodic::Unattended-Upgrade |Automatic-Reboot"'),
    'APT::Periodic::Unattended-Upgrade "1";\nUnattended-Upgrade::Automatic-Reboot "true";\nUnattended-Upgrade::Automatic-Reboot-Time "04:00";',
  );
  await holds('which a dry run confirms', 'unattended-upgrade --dry-run');
  report.equal('SSH is off', await ask('systemctl is-active ssh; systemctl is-enabled ssh'), 'inactive\ndisabled');
}

/** Everything that a bootstrap may leave, so that two states can be compared: files with their modes and contents, units, users. */
export async function stateOf(server: Server): Promise<string[]> {
  const { text } = await server.run(
    `find /etc /opt /home /var/lib/plumbline /var/lib/cloud/scripts -xdev \\( -path /etc/machine-id -o -path /etc/ssl -o -name '*.lock' \\) -prune -o \\
         -printf '%p %m %u:%g %l\\n' | sort
       find /etc/plumbline /etc/caddy /etc/docker /etc/systemd/system /opt /etc/fstab /etc/passwd /etc/group -xdev -type f -exec sha256sum {} + | sort -k2
       systemctl list-unit-files --state=enabled --plain --no-legend | sort`,
  );
  return text.split('\n');
}
