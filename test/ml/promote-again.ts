// Promotes two releases by turns until it is killed: node test/ml/promote-again.ts ARTIFACTS ID ID

import { promoteRelease } from '../../ml/release/use.ts';

const [artifacts, ...ids] = process.argv.slice(2) as [string, string, string];
console.log('promoting');
for (;;) for (const id of ids) await promoteRelease(artifacts, id, async () => {});
