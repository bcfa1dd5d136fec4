import { runInNewContext } from 'node:vm';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { deployDocument } from '../../../../infra/stack/server/deploy-document.ts';
import { registrationCode } from '../../../../infra/stack/server/one-job-registration.ts';
import { allSettings, makeStack, synthesize } from '../synthesize.ts';

const runners = ['self-hosted', 'ephemeral', 'none'] as const;

const outputNames = (context: Readonly<Record<string, string>>) => Object.keys(synthesize(context).findOutputs('*'));

describe('a server', () => {
  it.each(runners)('passes cdk-nag AwsSolutions with runner=%s', (runner) => {
    const stack = makeStack({ ...allSettings, runner });
    expect(new AwsSolutionsChecks(stack).validateScope(stack).violations).toEqual([]);
  });

  it.each([
    ['self-hosted', 0, 0, ['RegisterRunner']],
    ['ephemeral', 0, 1, ['RegisterRunner', 'RunnerTokenArn']],
    ['none', 1, 0, []],
  ] as const)('with runner=%s has %i documents and %i functions, and says %o', (runner, documents, functions, said) => {
    const template = synthesize({ github: 'acme/scores', runner });
    template.resourceCountIs('AWS::SSM::Document', documents);
    template.resourceCountIs('AWS::Lambda::Function', functions);
    expect(outputNames({ github: 'acme/scores', runner }).filter((name) => name.includes('Runner'))).toEqual(said);
  });

  it('without a runner is found by region, document and instance, which the workflows are told', () => {
    const { Outputs } = synthesize({ runner: 'none' }).toJSON();
    const place = /systems-manager\/\$\{AWS::Region\}\/\$\{AppServerDeployDocument\w+\}\/\$\{AppServerInstance\w+\}/;
    expect(Outputs.DeployTarget.Value['Fn::Sub']).toMatch(place);
    expect(Outputs.GitHubVariables.Value['Fn::Sub']).toMatch(new RegExp(` DEPLOY_TARGET=${place.source}`));
  });
});

describe('the document of runner=none', () => {
  it('runs one script, and takes a digest and nothing else', () => {
    const template = synthesize({ runner: 'none' });
    template.hasResourceProperties('AWS::SSM::Document', { DocumentType: 'Command', Content: deployDocument });
    expect(Object.keys(deployDocument.parameters)).toEqual(['Digest']);
    expect(deployDocument.mainSteps.map(({ inputs }) => inputs.runCommand)).toEqual([
      ['exec /opt/plumbline/host/deploy-image.sh {{ Digest }}'],
    ]);
    const digest = new RegExp(deployDocument.parameters.Digest.allowedPattern);
    expect(digest.test(`sha256:${'0'.repeat(64)}`)).toBe(true);
    for (const wrong of ['', 'sha256:', `sha256:${'0'.repeat(65)}`, `sha256:${'0'.repeat(64)}; reboot`, '$(reboot)'])
      expect(digest.test(wrong), wrong).toBe(false);
  });
});

/** Runs the function's code, with a token in Secrets Manager and an answer of GitHub's. */
async function runFunction(status: number, answer: unknown) {
  const requests: { url: string; init: RequestInit }[] = [];
  const exports: { handler?: () => Promise<unknown> } = {};
  runInNewContext(registrationCode, {
    exports,
    process: { env: { SECRET: 'the-secret', REPOSITORY: 'acme/scores' } },
    fetch: async (url: string, init: RequestInit) => {
      requests.push({ url, init });
      return Response.json(answer, { status });
    },
    require: () => ({
      GetSecretValueCommand: class {
        readonly input: unknown;
        constructor(input: unknown) {
          this.input = input;
        }
      },
      SecretsManagerClient: class {
        send = async ({ input }: { input: unknown }) => ({ SecretString: `token of ${JSON.stringify(input)}` });
      },
    }),
  });
  return { requests, result: await exports.handler?.() };
}

describe('the function of runner=ephemeral', () => {
  it('asks GitHub for a runner of one job, with the labels of the workflow, and hands on nothing but that', async () => {
    const { requests, result } = await runFunction(201, { runner: { id: 1 }, encoded_jit_config: 'e30=' });
    expect(result).toEqual({ encoded_jit_config: 'e30=' });
    expect(requests.map(({ url }) => url)).toEqual([
      'https://api.github.com/repos/acme/scores/actions/runners/generate-jitconfig',
    ]);
    const [request] = requests;
    expect(request?.init.headers).toEqual({ Authorization: 'Bearer token of {"SecretId":"the-secret"}' });
    expect(JSON.parse(String(request?.init.body))).toMatchObject({
      runner_group_id: 1,
      labels: ['self-hosted', 'plumbline'],
    });
  });

  it('says what GitHub says, where that refuses', async () => {
    await expect(runFunction(403, { message: 'Resource not accessible' })).rejects.toThrow(
      'GitHub answers 403: Resource not accessible',
    );
  });

  it('fits into a template, and knows the repository and where the token is', () => {
    // What Lambda takes of code that stands in a template.
    expect(registrationCode.length).toBeLessThan(4096);
    const template = synthesize({ github: 'acme@1/scores@2', runner: 'ephemeral' });
    const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'plumbline-runner',
      Code: { ZipFile: registrationCode },
      Environment: { Variables: { SECRET: { Ref: secret }, REPOSITORY: 'acme/scores' } },
    });
  });
});
