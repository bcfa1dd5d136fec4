// A CDK app that asks for something of which the rehearsal knows nothing: `type`, or a `property` of a type that it
// knows. It must not be passed over.

import { App, BootstraplessSynthesizer, CfnResource, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { stackName } from './cdk.ts';

const app = new App({ builtinCloudFormationValidation: false });
const stack = new Stack(app, stackName, { synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer });
const [, , what] = process.argv;
new CfnResource(stack, 'Known', {
  type: 'AWS::SNS::Topic',
  ...(what === 'property' ? { properties: { FifoTopic: true } } : {}),
});
if (what === 'type') new CfnResource(stack, 'Unknown', { type: 'Plumbline::Rehearsal::Unknown' });
app.synth();
