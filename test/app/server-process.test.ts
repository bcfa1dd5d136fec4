import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { serverProcess } from '../../app/server-process.ts';

test('the image starts the server like npm start', () => {
  const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
  const { flags, environment } = serverProcess;
  expect(dockerfile).toContain(`CMD ${JSON.stringify(['node', ...flags, 'built/server.mjs']).replaceAll(',', ', ')}`);
  // Otherwise nothing of what it compiles would be taken.
  expect(dockerfile).toContain(`RUN ${['node', ...flags, 'built/compile-all.mjs'].join(' ')} &&`);
  for (const [name, value] of Object.entries(environment)) expect(dockerfile).toContain(` ${name}=${value}`);
});
