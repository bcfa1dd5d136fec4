import type { Unlisted } from '../data/record.ts';
import type { Outside } from './explanation.ts';

/** An explanation that says as well which texts of its record are not listed, and were taken as another level. */
export function withUnlisted<Explained extends { readonly outside: readonly Outside[] }>(
  explanation: Explained,
  unlisted: readonly Unlisted[],
): Explained {
  if (unlisted.length === 0) return explanation;
  const own = unlisted.map(({ column, message }): Outside => ({ column, reason: 'unseen', message }));
  // That the other level is in no record either says nothing more.
  const others = explanation.outside.filter(({ column }) => !own.some((each) => each.column === column));
  return { ...explanation, outside: [...own, ...others] };
}
