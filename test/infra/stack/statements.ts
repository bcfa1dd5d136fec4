// The rights that a template gives, a line for each.

import { type Statement, synthesize } from './synthesize.ts';

/** Every IAM statement of the template: `who: Action on Resource`, with references as `${…}`. */
export function statements(context: Record<string, string>): string[] {
  const { Resources } = synthesize(context).toJSON() as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  return Object.entries(Resources).flatMap(([id, { Properties }]) =>
    documents(Properties).flatMap(({ Statement }) =>
      Statement.flatMap(({ Effect, Action, Resource, Principal, Condition }) => {
        const where = [Resource ?? []].flat().map((resource) => JSON.stringify(short(resource)));
        const who = `${id.replace(/[0-9A-F]{8}$/, '')}${Effect === 'Allow' ? '' : ' (Deny)'}`;
        return [Action]
          .flat()
          .map((action) =>
            [
              `${who}: ${action}`,
              ...(where.length > 0 ? [`on ${where.join(' ')}`] : []),
              ...(Principal ? [`by ${JSON.stringify(short(Principal))}`] : []),
              ...(Condition ? [`if ${JSON.stringify(short(Condition))}`] : []),
            ].join(' '),
          );
      }),
    ),
  );
}

/** Every policy document within a resource's properties, wherever it stands. */
function documents(value: unknown): { Statement: Statement[] }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('Statement' in value) return [value as { Statement: Statement[] }];
  return Object.values(value).flatMap(documents);
}

/** References as `${Name}` and joins as one string, so that a statement fits a line. */
function short(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(short);
  if (typeof value !== 'object' || value === null) return value;
  const [[kind, argument] = []] = Object.entries(value);
  const name = (id: string) => id.replace(/[0-9A-F]{8}$/, '');
  if (kind === 'Ref') return `\${${name(argument)}}`;
  if (kind === 'Fn::GetAtt') return `\${${name(argument[0])}.${argument[1]}}`;
  if (kind === 'Fn::Join') return argument[1].map(short).join('');
  if (kind === 'Fn::Sub') return argument.replace(/(?<=\$\{\w+)[0-9A-F]{8}(?=[.}])/g, '');
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, short(inner)]));
}
