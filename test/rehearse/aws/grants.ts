// What a policy allows, a line for each right, so that it does not matter how the statements are cut.

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** `Allow ecr:PutImage on arn:…` for every right in a policy's document; what limits one further is named too. */
export function grants(document: unknown): string[] {
  return (document as { Statement: readonly Statement[] }).Statement.flatMap(({ Effect, Action, Resource, ...rest }) =>
    [Action].flat().flatMap((action) =>
      [Resource].flat().map((resource) => {
        const further = Object.keys(rest).length === 0 ? '' : ` if ${JSON.stringify(rest)}`;
        return `${Effect} ${action} on ${resource}${further}`;
      }),
    ),
  );
}
