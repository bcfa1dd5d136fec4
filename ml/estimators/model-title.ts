import { estimatorNamed } from './index.ts';
import type { FittedModel, Member, Model } from './model.ts';

/** What people call a model: "Ridge regression", "CatBoost, 5 fold models averaged", "Ensemble of CatBoost (2) and lasso". */
export function modelTitle({ members }: Model): string {
  const [first, ...others] = members.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)) as [
    Member,
    ...Member[],
  ];
  const { length } = first.parts;
  if (others.length === 0) return titleOf(first) + (length > 1 ? `, ${length} fold models averaged` : '');
  const counts = new Map<string, number>();
  for (const member of [first, ...others]) {
    const title = withinSentence(titleOf(member));
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  const titles = [...counts].map(([title, count]) => (count === 1 ? title : `${title} (${count})`));
  return `Ensemble of ${new Intl.ListFormat('en-GB').format(titles)}`;
}

function titleOf({ parts }: Member): string {
  const { estimator, task } = parts[0] as FittedModel;
  return estimatorNamed(estimator, task).title;
}

/** A title that does not begin a sentence; names with capitals within stay as they are. */
const withinSentence = (title: string): string =>
  /^[A-Z][a-z]*\b/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
