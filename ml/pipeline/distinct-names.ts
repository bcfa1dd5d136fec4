import { headerKey } from '../data/header-key.ts';

/** Names of columns, each with a number where what is there already, or an earlier one, reads alike. */
export function distinctNames(names: readonly string[], taken: readonly string[] = []): string[] {
  const keys = new Set(taken.map(headerKey));
  return names.map((name) => {
    let free = name;
    for (let n = 2; keys.has(headerKey(free)); n++) free = `${name}_${n}`;
    keys.add(headerKey(free));
    return free;
  });
}
