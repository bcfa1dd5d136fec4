// The CDK app: the only place that reads the environment, and the only synth().

import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readSettings, SettingsError } from './config.ts';
import { leftByDestroy, PlumblineStack } from './stack.ts';

try {
  const app = new App();
  const settings = readSettings(app.node.getAllContext(), process.env);
  new PlumblineStack(app, settings);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
  // The CDK does not tell an app whether it is being deployed or destroyed, so this is said in either case.
  console.error(`cdk destroy leaves: ${leftByDestroy(settings.images, settings.name, settings.training)}`);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
