type Context = Readonly<Record<string, string>>;

/** What all combinations have besides. */
const besides = { github: 'acme@123/scores@456', domain: 'scores.example.org', email: 'ops@example.org' };
const certificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

/** Every combination of the settings that make other resources; a fleet has no runner. */
export const combinations: readonly Context[] = ['none', 'spark'].flatMap((training) => [
  ...['self-hosted', 'ephemeral', 'none'].map((runner) => ({ ...besides, size: 'server', runner, training })),
  { ...besides, size: 'fleet', certificate, training },
]);

/** "size=fleet training=spark". */
export const titleOf = (context: Context): string =>
  ['size', 'runner', 'training']
    .flatMap((name) => (context[name] === undefined ? [] : [`${name}=${context[name]}`]))
    .join(' ');
