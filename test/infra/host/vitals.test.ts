import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary.ts';

// The script calls AWS at once, so a function of it is run by itself.
const text = readFileSync(join(import.meta.dirname, '../../../infra/host/vitals.sh'), 'utf8');
const [counting = ''] = /^responses_5xx\(\) \{.*?^\}$/ms.exec(text) ?? [];

test('failed answers are counted from one call to the next, also where Caddy does not answer in between', () => {
  const folder = temporaryFolder();
  /** @param failed how many Caddy has counted since it started; undefined where it does not answer */
  const since = (failed?: number) => {
    const curl =
      failed === undefined
        ? 'return 28'
        : `echo 'caddy_http_request_duration_seconds_count{code="502",handler="reverse_proxy"} ${failed}'`;
    const script = `set -euo pipefail\ncurl() { ${curl}; }\n${counting}\nresponses_5xx`;
    const env = { ...process.env, STATE_DIRECTORY: folder };
    return Number(execFileSync('bash', ['-c', script], { encoding: 'utf8', env }));
  };
  expect([since(500), since(502), since(), since(503), since(503)]).toEqual([500, 2, 0, 1, 0]);
  // It counts from zero when it starts.
  expect([since(4), since()]).toEqual([4, 0]);
});
