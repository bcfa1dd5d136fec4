import { fileURLToPath } from 'node:url';
import { compileFile } from 'pug';
import type { FormPage } from './form/page.ts';

// Compiled when the server starts, so that the first visitor does not wait for it.
const view = (name: string) => compileFile(fileURLToPath(new URL(`views/${name}.pug`, import.meta.url)));
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
