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

describe('the function of runner=ephemeral', () => {
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
