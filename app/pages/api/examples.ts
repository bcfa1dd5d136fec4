// The same call in three languages, for a record of the model at hand. A test runs them as they are shown.

/** Whom an example asks. */
export interface CalledService {
  /** Where the service is, without a slash at the end. */
  readonly origin: string;
  /** Whether the service asks for a key, which the environment then has: `PLUMBLINE_KEY`. */
  readonly hasKeys: boolean;
}

/** What an example is made for. */
export interface ExampleCall extends CalledService {
  readonly record: Readonly<Record<string, unknown>>;
}

export interface Example {
  readonly language: string;
  /** What to do with it, in a sentence; backticks mark what is code. */
  readonly how: string;
  readonly code: string;
}

export function examplesOf(call: ExampleCall): Example[] {
  return [
    { language: 'curl', how: 'In a shell:', code: curlExample(call) },
    {
      language: 'TypeScript',
      how: `With the client of this very model, which \`curl --fail --output client.ts ${call.origin}/api/client.ts\` brings:`,
      code: typescriptExample(call),
    },
    { language: 'Python', how: 'By its standard library alone:', code: pythonExample(call) },
  ];
}

/** JSON's own quotes are double, so only single ones need care. */
export function curlExample({ origin, record, hasKeys }: ExampleCall): string {
  const body = JSON.stringify(record, null, 2).replaceAll("'", `'\\''`);
  return [
    `curl ${origin}/api/v1/predictions`,
    ...(hasKeys ? ['-H "Authorization: Bearer $PLUMBLINE_KEY"'] : []),
    "-H 'Content-Type: application/json'",
    `-d '${body}'`,
  ].join(' \\\n  ');
}

function typescriptExample({ origin, record, hasKeys }: ExampleCall): string {
  const options = [`url: '${origin}'`, ...(hasKeys ? ["key: process.env.PLUMBLINE_KEY ?? ''"] : [])].join(', ');
  return `import { Client, type Input } from './client.ts';

const client = new Client({ ${options} });
const record: Input = ${JSON.stringify(record, null, 2)};
console.log(await client.predict(record));`;
}

function pythonExample({ origin, record, hasKeys }: ExampleCall): string {
  const headers = [
    '"Content-Type": "application/json"',
    ...(hasKeys ? [`"Authorization": "Bearer " + os.environ["PLUMBLINE_KEY"]`] : []),
  ];
  const fields = Object.entries(record).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${pythonLiteral(value)},\n`,
  );
  return `import json${hasKeys ? ', os' : ''}, urllib.request

record = {
${fields.join('')}}
request = urllib.request.Request(
    "${origin}/api/v1/predictions",
    json.dumps(record).encode(),
    {${headers.join(', ')}},
)
with urllib.request.urlopen(request) as response:
    print(json.load(response))`;
}

/** Numbers and texts are written as in JSON. */
function pythonLiteral(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}
