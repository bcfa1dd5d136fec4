import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type Response, Router } from 'express';
import { sharedStyles, stylePath } from '../../ml/report/style.ts';

const pico = fileURLToPath(import.meta.resolve('@picocss/pico/css/pico.jade.min.css'));
const publicFolder = fileURLToPath(new URL('public', import.meta.url));

const ASSETS = '/assets';
const VERSION_LENGTH = 12;

/** The files of pages that lie elsewhere, by what they are called there: Pico, and what pages share with reports. */
const elsewhere: readonly (readonly [string, string])[] = [
  ['pico.css', pico],
  ...sharedStyles.map((name) => [`${name}.css`, stylePath(name)] as const),
];

/**
 * The address below which pages find their styles and scripts. It changes with what these say, so that browsers keep them, and no page runs
 * those of another version.
 */
export const assetsPath = `${ASSETS}/${version()}`;

function version(): string {
  const own = readdirSync(publicFolder).sort();
  const hash = createHash('sha256');
  for (const path of [...own.map((name) => join(publicFolder, name)), ...elsewhere.map(([, path]) => path)])
    hash.update(`${basename(path)}\n`).update(readFileSync(path));
  return hash.digest('hex').slice(0, VERSION_LENGTH);
}

/** Styles and scripts. A page of another version, as there is while one is deployed, gets those of this one, and asks again next time. */
export function assetRoutes(): Router {
  const askedForAgain = files('public, max-age=0, must-revalidate');
  return Router()
    .use(assetsPath, files('public, max-age=31536000, immutable'))
    .use(ASSETS, askedForAgain)
    .use(`${ASSETS}/:version`, askedForAgain);
}

function files(cacheControl: string): Router {
  const headers = { 'Cache-Control': cacheControl };
  const router = Router();
  for (const [name, path] of elsewhere)
    router.get(`/${name}`, (_request, response) => response.sendFile(path, { headers }));
  return router.use(
    express.static(publicFolder, { index: false, setHeaders: (response: Response) => response.set(headers) }),
  );
}
