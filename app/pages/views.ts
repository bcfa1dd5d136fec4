import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { compileTemplate } from 'pug';
import type { FormPage } from './form/page.ts';

const require = createRequire(import.meta.url);

/** A template, which is compiled when a page is first drawn: compiling takes longer than all else at a start, and programs need no pages. */
function view(name: string): compileTemplate {
  let compiled: compileTemplate | undefined;
  return (locals) => {
    if (compiled === undefined) {
      const { compileFile } = require('pug') as typeof import('pug');
      compiled = compileFile(fileURLToPath(new URL(`views/${name}.pug`, import.meta.url)));
    }
    return compiled(locals);
  };
}

const form = view('form');
const error = view('error');

export function renderForm(page: FormPage): string {
  return form(page);
}

export function renderError(problem: {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}): string {
  return error(problem);
}
