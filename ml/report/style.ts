import { fileURLToPath } from 'node:url';

/** The stylesheets of reports that other pages have too: colours and measures, a table of contents, blocks of figures, and charts. */
export const sharedStyles = ['tokens', 'contents', 'blocks', 'figures', 'marks'] as const;

/** Where one of them lies. */
export const stylePath = (name: (typeof sharedStyles)[number]): string =>
  fileURLToPath(new URL(`html/style/${name}.css`, import.meta.url));
