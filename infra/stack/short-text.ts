// A text with references in it, as Fn::Sub: "arn:${AWS::Partition}:s3:::…". The library writes such a text as Fn::Join with a line or more for
// each part, in three times the bytes, and CloudFormation takes so many only (docs/decisions/no-bootstrap.md).

import { Lazy, Token } from 'aws-cdk-lib';

type Part = string | { readonly Ref: string } | { readonly 'Fn::GetAtt': readonly [string, string] };

/** The same text, shorter in the template. */
export const shortText = (text: string): string =>
  Token.asString(Lazy.uncachedAny({ produce: (context) => toSub(context.resolve(text)) }));

function toSub(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('Fn::GetAtt' in value) return { 'Fn::Sub': inSub(value as Part) };
  const [separator, parts] = (value as { 'Fn::Join'?: [string, Part[]] })['Fn::Join'] ?? [];
  if (separator !== '' || !parts) return value;
  return { 'Fn::Sub': parts.map(inSub).join('') };
}

function inSub(part: Part): string {
  if (typeof part === 'string') return part.replaceAll('${', '${!');
  return `\${${'Ref' in part ? part.Ref : part['Fn::GetAtt'].join('.')}}`;
}
