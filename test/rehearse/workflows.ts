// npm run rehearse:workflows: runs the real workflows with act, from a push to what the server serves.

import { Command } from 'commander';
import { region, startMoto } from './aws/moto.ts';
import { findTools, installTools } from './aws/tools.ts';
import { bootSite } from './delivery/site.ts';
import { demandEngine } from './docker.ts';
import { buildImage } from './host/server.ts';
import { haveBaseImage } from './images/base-image.ts';
import { hold } from './rehearsal.ts';
import { Report } from './report.ts';
import { replacesWhatServes } from './workflows/champion.ts';
import type { Context } from './workflows/context.ts';
import { cuts, shorten, shortWaits } from './workflows/cuts.ts';
import { driftsFromWhatServes } from './workflows/drifted-data.ts';
import { GitHub } from './workflows/github.ts';
import { deploysWithoutRunner } from './workflows/no-runner.ts';
import { keepOwnImages } from './workflows/own-images.ts';
import { choosesAnImage, endsRed, goesBack, goesLive, pullRequests } from './workflows/scenarios.ts';
import { deployTarget } from './workflows/server.ts';
import { SystemsManager } from './workflows/systems-manager.ts';
import { haveAct } from './workflows/tools.ts';
import { namedByVariable } from './workflows/variable.ts';
import { WorkflowRunner } from './workflows/workflow-runner.ts';

const { full, keep, prepare } = new Command('npm run rehearse:workflows --')
  .description(
    'Runs .github/workflows/ as they stand, changes that are not committed included, on this machine: with act in the\n' +
      "place of GitHub's runners, moto in AWS's, a registry with a password in ECR's, the server in a container, and\n" +
      'doubles of the actions. A first push with another data set, a worse model and a better one, data that has drifted, pull requests, a data set that a variable names, and runs that have to end red. It needs Docker, and\n' +
      'act or something to build it with (Go, or Python). Exits with 1 where a check fails, with 2 where it cannot be held.',
  )
  .option('--full', 'the first push cuts nothing short: the whole of the tests, and both rehearsals', false)
  .option('--keep', 'leave the server running afterwards, for a look, until Ctrl+C', false)
  .option('--prepare', 'only install and build what takes long to get: act, and the base of images', false)
  .addHelpText(
    'after',
    `
What is cut short without --full, and after the first push with it:
${cuts.map((cut) => `  - ${cut}`).join('\n')}

What it cannot show: rights of a job's token, rules of environments, concurrency, which branches start what (act knows
none of them; tests look at these), and the actions themselves.

Examples:
  npm run rehearse:workflows
  npm run rehearse:workflows -- --full`,
  )
  .parse()
  .opts<{ full: boolean; keep: boolean; prepare: boolean }>();

await hold(new Report(), async (rehearsal) => {
  const { report, folder, interrupted, atEnd, stay } = rehearsal;
  report.step('Setting up');
  demandEngine();
  const program = haveAct();
  haveBaseImage();
  if (prepare) return;
  const tools = (await findTools()) ?? (await installTools());
  const image = buildImage();
  atEnd(keepOwnImages());
  const name = 'plumbline-workflows';
  const site = await bootSite(name, image, rehearsal);
  const moto = await startMoto(tools, folder);
  atEnd(moto.stop);
  const token = 'ghs_rehearsal';
  const github = new GitHub(token);
  const port = await github.listen('127.0.0.1');
  atEnd(() => github.close());
  const systemsManager = new SystemsManager(site.server, shortWaits);
  const systemsManagerPort = await systemsManager.listen('127.0.0.1');
  atEnd(() => systemsManager.close());
  const parts = {
    endpoints: { AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${systemsManagerPort}` },
    program,
    folder,
    tools,
    moto,
    github,
    api: `http://127.0.0.1:${port}`,
    token,
    server: name,
    interrupted,
  };
  let short = !full;
  const runner = new WorkflowRunner({ ...parts, short: () => short });
  // What has been interrupted ends what it has started, before that is taken away.
  atEnd(() => runner.idle());
  const server = deployTarget(site);
  const context: Context = { report, runner, github, registry: site.registry, server, region };
  if (!full) console.log(`  Cut short:\n${cuts.map((cut) => `  - ${cut}`).join('\n')}`);
  report.equal('the server serves nothing yet', await server.serves(), {});

  const cutShort = () => {
    shorten(runner.repository);
    runner.repository.commit('Cut short what takes long');
  };
  // Before the first push, so that what there was before it is trained in short as well.
  if (!full) cutShort();
  await goesLive(context);
  if (full) cutShort();
  short = true;
  await replacesWhatServes(context);
  await driftsFromWhatServes(context);
  await pullRequests(context);
  await namedByVariable(context);
  await endsRed(context);
  await goesBack(context);
  await choosesAnImage(context);
  const environment = { ...moto.environment, ...parts.endpoints };
  await deploysWithoutRunner(context, { site, systemsManager, environment });
  if (keep) await stay(`The server runs on: docker exec -it ${name} bash, ${server.url}`);
});
