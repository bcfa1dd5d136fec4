// node train-on-moto.ts DECLARATION INPUT RESULTS: runs the training job on the stack as `npm run train -- --on spark` does, and says what it is told.

import { emrServerless } from '../../../infra/commands/emr/emr-serverless.ts';
import { stackName } from './cdk.ts';

const [declaration = '', input = '', results = ''] = process.argv.slice(2);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('interrupted')));

const settings = { seed: 1, workers: 12, rounds: 100, params: {} };
try {
  await emrServerless({ stack: stackName, every: 100 }).run({ declaration, input, settings }, results, {
    onProgress: (line) => console.log(line),
    signal: stop.signal,
  });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
