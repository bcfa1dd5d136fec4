import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary.ts';

const module = new URL('../../../app/pages/compile-view.ts', import.meta.url).href;
const draw = `const { compileView } = await import(${JSON.stringify(module)});
const html = compileView('error')({ status: 404, title: 'Not Found', detail: '<nothing>', navigation: [], path: undefined });
const { createRequire } = await import('node:module');
const isCompilerLoaded = Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('/pug/lib/'));
console.log(JSON.stringify({ html, isCompilerLoaded }));`;

function drawn(cache: string): { readonly html: string; readonly isCompilerLoaded: boolean } {
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', draw], { env, encoding: 'utf8' }));
}

test('a template is compiled once, and the next process draws the same without the compiler', () => {
  const cache = temporaryFolder();
  const first = drawn(cache);
  const second = drawn(cache);
  expect(first.html).toContain('&lt;nothing&gt;');
  expect(second.html).toBe(first.html);
  expect([first.isCompilerLoaded, second.isCompilerLoaded]).toEqual([true, false]);
});

test('where nothing can be kept it is drawn all the same', () => {
  const cache = join(temporaryFolder(), 'file');
  writeFileSync(cache, '');
  expect(drawn(cache)).toMatchObject({ isCompilerLoaded: true });
  expect(readdirSync(join(cache, '..'))).toEqual(['file']);
});
