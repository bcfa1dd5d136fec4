// A double of Systems Manager, as far as a deploy without a runner takes it (moto has documents, and runs none): it holds a parameter to its document's pattern,
// runs the document's script on the rehearsal's server as the agent there does, as root and in a process group of its own, and
// tells how it ended once it has. What is cancelled is killed with its group, as the agent kills it.
// Source: github.com/aws/amazon-ssm-agent, agent/executers/executers_unix.go.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { deployDocument } from '../../../infra/stack/server/deploy-document.ts';
import { HttpDouble } from '../host/http-double.ts';
import type { Server } from '../host/server.ts';

/** What GetCommandInvocation gives of an output at most. */
const LARGEST_OUTPUT = 24_000;

interface Command {
  readonly digest: string;
  status: 'InProgress' | 'Success' | 'Failed' | 'Cancelled';
  code: number;
  output: string;
}

const sending = z.object({
  DocumentName: z.string(),
  InstanceIds: z.tuple([z.string()]),
  Parameters: z.strictObject({ Digest: z.tuple([z.string()]) }),
});
const asking = z.object({ CommandId: z.string(), InstanceId: z.string().optional() });

export class SystemsManager extends HttpDouble {
  /** What was asked of it: `ssm:SendCommand`. */
  readonly asked = new Set<string>();
  /** Every command that was sent, by its id. */
  readonly commands = new Map<string, Command>();
  /** For how long deploy.sh waits, by its own settings. */
  readonly waits: Record<string, string>;
  private readonly server: Server;
  private readonly document: string | undefined;
  private readonly instance: string | undefined;

  /** @param locator what the stack says of its document, and of the instance that it is for, which is the server */
  constructor(server: Server, locator: string, waits: Readonly<Record<string, string>>) {
    super();
    this.server = server;
    [, , this.document, this.instance] = locator.split('/');
    this.waits = { ...waits };
  }

  protected override async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: unknown = JSON.parse(await text(request));
    const json = (status: number, answer: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    };
    const refuse = (type: string) => json(400, { __type: type, message: JSON.stringify(body) });
    const action = String(request.headers['x-amz-target']).replace('AmazonSSM.', '');
    this.asked.add(`ssm:${action}`);
    if (action === 'SendCommand') {
      const { DocumentName, InstanceIds, Parameters } = sending.parse(body);
      if (DocumentName !== this.document) return refuse('InvalidDocument');
      if (InstanceIds[0] !== this.instance) return refuse('InvalidInstanceId');
      const [digest] = Parameters.Digest;
      if (!new RegExp(deployDocument.parameters.Digest.allowedPattern).test(digest)) return refuse('InvalidParameters');
      return json(200, { Command: { CommandId: this.start(digest) } });
    }
    const { CommandId, InstanceId } = asking.parse(body);
    const command = this.commands.get(CommandId);
    if (!command) return refuse('InvalidCommandId');
    if (action === 'CancelCommand') {
      await this.server.run(`kill -KILL -- -"$(cat /run/${CommandId})"`);
      command.status = 'Cancelled';
      return json(200, {});
    }
    if (action !== 'GetCommandInvocation') return refuse('UnknownOperationException');
    if (InstanceId !== this.instance) return refuse('InvocationDoesNotExist');
    const ended = command.status !== 'InProgress';
    return json(200, {
      CommandId,
      InstanceId,
      Status: command.status,
      StatusDetails: command.status,
      ResponseCode: ended ? command.code : -1,
      StandardOutputContent: ended ? command.output.slice(0, LARGEST_OUTPUT) : '',
      StandardErrorContent: '',
    });
  }

  private start(digest: string): string {
    const id = randomUUID();
    const command: Command = { digest, status: 'InProgress', code: -1, output: '' };
    this.commands.set(id, command);
    const [line] = deployDocument.mainSteps[0].inputs.runCommand;
    const waits = Object.entries(this.waits).map(([name, value]) => `export ${name}=${value}; `);
    const script = `echo $$ >/run/${id}; ${waits.join('')}${line.replace('{{ Digest }}', digest)}`;
    void this.server.run(`exec setsid --wait bash -c '${script}'`).then(({ status, text: output }) => {
      if (command.status !== 'InProgress') return;
      Object.assign(command, {
        status: status === 0 ? 'Success' : 'Failed',
        code: status ?? -1,
        output: `${output}\n`,
      });
    });
    return id;
  }
}
