// What a chart's markup holds, for tests.

import type { Html } from '../../../../ml/report/html/html.ts';

/** A mark with its attributes. */
export interface Mark {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The marks of a picture of one kind. */
export function marks({ html }: Html, tag: string): Mark[] {
  const [, picture = ''] = /<svg role="img".*?>(.*?)<\/svg>/s.exec(html) ?? [];
  return [...picture.matchAll(new RegExp(`<${tag}\\b([^>]*)>`, 'g'))].map(([, inner = '']) => ({
    tag,
    attributes: Object.fromEntries(
      [...inner.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    ),
  }));
}

/** The rows of the table below a picture, as texts. */
export function tableRows({ html }: Html): string[][] {
  const [, details = ''] = /<details>(.*)<\/details>/s.exec(html) ?? [];
  const rows = [...details.matchAll(/<tr>(.*?)<\/tr>/gs)].slice(1);
  return rows.map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]*>/g, '')),
  );
}

/** The size of the picture. */
export function sizeOf({ html }: Html): { readonly width: number; readonly height: number } {
  const [, width, height] = /role="img" viewBox="0 0 (\d+) (\d+)"/.exec(html) ?? [];
  return { width: Number(width), height: Number(height) };
}

/** Numbers of attributes that say where something is, with what is wrong with them. */
export function misplaced(chart: Html): string[] {
  const { width, height } = sizeOf(chart);
  const places = ['rect', 'text', 'circle'].flatMap((tag) => marks(chart, tag));
  const wrong = places.flatMap(({ tag, attributes: { x, y, cx, cy } }) => {
    const at = [Number(x ?? cx ?? 0), Number(y ?? cy ?? 0)] as const;
    const isIn = at[0] >= 0 && at[0] <= width && at[1] >= 0 && at[1] <= height;
    return isIn ? [] : [`${tag} at ${at}`];
  });
  const paths = marks(chart, 'path').flatMap(({ attributes: { d = '' } }) =>
    /NaN|Infinity|undefined/.test(d) ? [d] : [],
  );
  return [...wrong, ...paths];
}
