// A double of what the server meets of Amazon while it runs: the instance metadata service (version 2, as the stack
// asks for), CloudWatch Logs and the function of runner=ephemeral, which check each request's signature as Amazon does.
// Source: "Create a signed AWS API request", IAM User Guide, Signature Version 4.

import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { HttpDouble } from './http-double.ts';

export class Amazon extends HttpDouble {
  /** Messages that were logged, with their stream. */
  readonly events: { stream: string; message: string }[] = [];
  readonly streams: string[] = [];
  /** What was refused, and why. */
  readonly refusals: string[] = [];
  /** What a call of the function plumbline-runner comes to. */
  registerOneJob: () => Promise<unknown> = async () => ({});
  private readonly metadataToken = randomBytes(12).toString('base64url');
  private readonly credentials = {
    AccessKeyId: 'ASIAREHEARSAL',
    SecretAccessKey: randomBytes(20).toString('hex'),
    Token: randomBytes(40).toString('base64'),
  };

  protected override async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    if (request.method === 'PUT' && url === '/latest/api/token') {
      const lifetime = request.headers['x-aws-ec2-metadata-token-ttl-seconds'];
      response.writeHead(lifetime ? 200 : 400).end(this.metadataToken);
      return;
    }
    if (url.startsWith('/latest/meta-data/')) return this.metadata(url, request, response);
    if (url.startsWith('/2015-03-31/')) return this.invoke(url, request, response);
    return this.logs(request, response);
  }

  /** As Lambda does: where the function fails, the answer says so, with status 200 all the same. */
  private async invoke(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const problem = this.signatureProblem(request, await text(request), 'lambda');
    if (problem || request.method !== 'POST' || url !== '/2015-03-31/functions/plumbline-runner/invocations') {
      this.refusals.push(`lambda: ${problem ?? url}`);
      response.writeHead(403).end(JSON.stringify({ Message: problem ?? `no rights for ${url}` }));
      return;
    }
    try {
      response.end(JSON.stringify(await this.registerOneJob()));
    } catch (error) {
      const { message, name } = error as Error;
      response.writeHead(200, { 'X-Amz-Function-Error': 'Unhandled' });
      response.end(JSON.stringify({ errorType: name, errorMessage: message }));
    }
  }

  private metadata(url: string, request: IncomingMessage, response: ServerResponse): void {
    if (request.headers['x-aws-ec2-metadata-token'] !== this.metadataToken) {
      this.refusals.push(`metadata without a token: ${url}`);
      response.writeHead(401).end();
      return;
    }
    const values: Record<string, string> = {
      '/latest/meta-data/instance-id': 'i-0123456789abcdef0',
      '/latest/meta-data/iam/security-credentials/': 'server-role',
      '/latest/meta-data/iam/security-credentials/server-role': JSON.stringify(this.credentials),
    };
    const value = values[url];
    response.writeHead(value === undefined ? 404 : 200).end(value);
  }

  private async logs(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const refuse = (type: string, message: string) => {
      this.refusals.push(`${type}: ${message}`);
      response
        .writeHead(400, { 'Content-Type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify({ __type: type, message }));
    };
    const problem = this.signatureProblem(request, body, 'logs');
    if (problem) return refuse('InvalidSignatureException', problem);
    const { logGroupName, logStreamName, logEvents = [] } = JSON.parse(body);
    if (logGroupName !== '/plumbline/server') return refuse('AccessDeniedException', logGroupName);
    const target = request.headers['x-amz-target'];
    if (target === 'Logs_20140328.CreateLogStream') this.streams.push(logStreamName);
    else if (target !== 'Logs_20140328.PutLogEvents') return refuse('UnknownOperationException', String(target));
    else if (!this.streams.includes(logStreamName)) {
      return refuse('ResourceNotFoundException', 'The specified log stream does not exist.');
    } else {
      for (const { message, timestamp } of logEvents) {
        if (Math.abs(Date.now() - timestamp) > 60_000)
          return refuse('InvalidParameterException', `timestamp ${timestamp}`);
        this.events.push({ stream: logStreamName, message });
      }
    }
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.1' }).end('{}');
  }

  /** What is wrong with a request's signature, if anything. */
  private signatureProblem(
    { headers, method, url }: IncomingMessage,
    body: string,
    service: string,
  ): string | undefined {
    const form =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)$/;
    const [, id, day = '', region = '', asked, signed = '', signature] = form.exec(headers.authorization ?? '') ?? [];
    if (asked !== service) return `service ${asked}`;
    if (id !== this.credentials.AccessKeyId) return `credential ${id}`;
    if (headers['x-amz-security-token'] !== this.credentials.Token) return 'no session token';
    if (region !== 'eu-west-1') return `region ${region}`;
    const time = String(headers['x-amz-date']);
    const names = signed.split(';');
    if (!names.includes('host') || !names.includes('x-amz-date')) return `signed headers ${signed}`;
    const canonical = [
      ...[method, url, ''],
      ...names.map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
      ...['', signed, sha256(body)],
    ].join('\n');
    const toSign = ['AWS4-HMAC-SHA256', time, `${day}/${region}/${service}/aws4_request`, sha256(canonical)].join('\n');
    const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      `AWS4${this.credentials.SecretAccessKey}`,
    );
    const expected = createHmac('sha256', key).update(toSign).digest('hex');
    return expected === signature ? undefined : `signature over\n${canonical}`;
  }
}

const sha256 = (data: string) => createHash('sha256').update(data).digest('hex');
