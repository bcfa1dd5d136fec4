import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { run, show } from '../../../infra/commands/tool.ts';
import { temporaryFolder } from '../../temporary.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
});

function tool(name: string, script: string, mode = 0o755): void {
  writeFileSync(join(folder, name), `#!/bin/bash\n${script}\n`);
  chmodSync(join(folder, name), mode);
}

describe('a tool', () => {
  it('may say as much as it likes', () => {
    tool('aws', 'head -c 5000000 /dev/zero | tr "\\0" x');
    expect(run('aws', ['logs'])).toHaveLength(5_000_000);
  });

  it('that is not there is told with how to get it', () => {
    vi.stubEnv('PATH', folder);
    expect(() => run('gh', ['api'])).toThrow(/^gh is not installed\. Install the GitHub CLI/);
  });

  it('that cannot be run is told with what the system says', () => {
    vi.stubEnv('PATH', folder);
    tool('docker', 'echo', 0o644);
    for (const call of [run, show]) expect(() => call('docker', ['ps'])).toThrow(/^docker cannot be run: .*EACCES/);
  });

  it('that fails is told with what it said', () => {
    tool('git', 'echo no such commit >&2; exit 3');
    expect(() => run('git', ['show'])).toThrow('git show … failed:\nno such commit');
  });
});
