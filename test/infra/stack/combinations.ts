import { settingNames } from '../../../infra/stack/config.ts';

/** Settings that make other resources, with all that they may be. */
const choices: Readonly<Record<string, readonly string[]>> = {
  size: ['server', 'fleet'],
  runner: ['self-hosted', 'ephemeral', 'none'],
  training: ['none', 'spark'],
};

/** What all combinations need and have besides. */
const besides = { github: 'acme@123/scores@456', domain: 'scores.example.org', email: 'ops@example.org' };

/** Every combination of them, as settings of the stack. */
export const combinations: readonly Readonly<Record<string, string>>[] = Object.entries(choices)
  .filter(([name]) => settingNames.includes(name))
  .reduce<Record<string, string>[]>(
    (found, [name, values]) => found.flatMap((context) => values.map((value) => ({ ...context, [name]: value }))),
    [besides],
  );

/** "size=fleet training=spark". */
export const titleOf = (context: Readonly<Record<string, string>>): string =>
  Object.keys(choices)
    .flatMap((name) => (context[name] === undefined ? [] : [`${name}=${context[name]}`]))
    .join(' ');
