import type { ListedRelease } from '../../release/list.ts';
import { recordedTask } from '../../release/recorded-task.ts';
import { nameOf } from '../../selection/chosen.ts';
import { shownIfKnown } from '../../selection/metric.ts';
import { dataTable } from '../html/data-table.ts';
import { type Content, type Html, html } from '../html/html.ts';
import { shownText } from '../html/shown-text.ts';
import { count } from '../markdown.ts';

/** More are told of by their number alone. */
const MOST = 50;
const LONG = 300;

const states = { 'in use': 'kept', kept: 'kept', 'held back': 'held back' } as const satisfies Record<
  ListedRelease['state'],
  string
>;

/**
 * The releases that lie beside the one that serves, the newest first.
 *
 * @param serving the id of that one, which is among them
 */
export function drawReleases(releases: readonly ListedRelease[], serving: string): Html {
  const others = releases.filter(({ id }) => id !== serving);
  if (others.length === 0)
    return html`<p>No other release lies beside the one that serves. An image holds one release alone; where models are trained, all of them are kept, and <code>npm run releases</code> lists them.</p>`;
  const left = releases.length - MOST;
  return html`<p>What lies beside the release that serves, the newest first. Scores are those of each release on its own held-out rows.</p>
${dataTable({
  caption: 'Releases',
  columns: [
    { title: 'Release' },
    { title: 'Written' },
    { title: 'State' },
    { title: 'Model' },
    { title: 'Score', number: true },
    { title: 'Rows', number: true },
  ],
  rows: releases.slice(0, MOST).map((release) => rowOf(release, release.id === serving)),
})}
${left > 0 && html`<p class="note">… and ${count(left)} older ones.</p>`}`;
}

function rowOf({ id, written, state, manifest, problem }: ListedRelease, isServing: boolean): Content[] {
  const named = [
    html`<code>${id}</code>`,
    momentInWords(written),
    isServing ? html`<strong>serves</strong>` : states[state],
  ];
  if (!manifest) return [...named, shownText(problem ?? 'It cannot be read.', LONG), '–', '–'];
  const { objective } = recordedTask(manifest);
  const score = shownIfKnown(objective, manifest.holdout) ?? '–';
  return [...named, nameOf(manifest.chosen), score, count(manifest.data.rows)];
}

/** "2026-11-27 04:18 UTC". */
export const momentInWords = (moment: Date): string => `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
