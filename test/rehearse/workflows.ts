// npm run rehearse:workflows: runs the real workflows with act, from a push to what the server serves.

import { Command, Option } from 'commander';
import { region, startMoto } from './aws/moto.ts';
import { findTools, installTools } from './aws/tools.ts';
import { bootSite, type Site } from './delivery/site.ts';
import { demandEngine } from './docker.ts';
import { buildImage } from './host/server.ts';
import { haveBaseImage } from './images/base-image.ts';
import type { Environment } from './process.ts';
import { hold } from './rehearsal.ts';
import { Report } from './report.ts';
import { replacesWhatServes } from './workflows/champion.ts';
import { deploysWell, findsNoServer, staysUnseen } from './workflows/chosen-image.ts';
import { ContainerService } from './workflows/container-service.ts';
import { type Context, withRole } from './workflows/context.ts';
import { cuts, forgetQueues, shorten, shortenSmoke, shortWaits } from './workflows/cuts.ts';
import { driftsFromWhatServes } from './workflows/drifted-data.ts';
import { deploysByOneJobRunner } from './workflows/ephemeral-runner.ts';
import { deploysToFleet } from './workflows/fleet.ts';
import { GitHub } from './workflows/github.ts';
import { deploysWithoutRunner } from './workflows/no-runner.ts';
import { type OtherVersions, otherVersions } from './workflows/other-versions.ts';
import { keepOwnImages } from './workflows/own-images.ts';
import { endsRed, goesBack, goesLive, pullRequests } from './workflows/scenarios.ts';
import { deployTarget } from './workflows/server.ts';
import { SystemsManager } from './workflows/systems-manager.ts';
import { haveAct } from './workflows/tools.ts';
import { namedByVariable } from './workflows/variable.ts';
import { WorkflowRunner } from './workflows/workflow-runner.ts';

/** What a scenario may need besides. */
interface Parts {
  readonly site: Site;
  readonly systemsManager: SystemsManager;
  readonly containerService: ContainerService;
  /** For a command as a person runs it: credentials, and where AWS is. */
  readonly environment: Environment;
  readonly versions: OtherVersions;
}

/** In their order: each begins where main is well. The server has its runner until one of them takes it away. */
const scenarios: Readonly<Record<string, (context: Context, parts: Parts) => Promise<void>>> = {
  champion: replacesWhatServes,
  drift: driftsFromWhatServes,
  'pull-requests': pullRequests,
  variable: namedByVariable,
  red: endsRed,
  'goes-back': goesBack,
  'self-hosted': async (context, { versions }) => {
    const { server } = context;
    const target = {
      title: 'By hand',
      settings: withRole(context),
      machine: 'plumbline',
      serves: server.serves,
    } as const;
    await deploysWell(context, target, await versions('good 0'));
    await staysUnseen(context, target);
    await findsNoServer(context, target, 'plumbline-fleet');
  },
  fleet: (context, { containerService, versions }) => deploysToFleet(context, containerService, versions),
  ephemeral: (context, { site, versions }) => deploysByOneJobRunner(context, site, versions),
  none: deploysWithoutRunner,
};

const { full, keep, only, prepare } = new Command('npm run rehearse:workflows --')
  .description(
    'Runs .github/workflows/ as they stand, changes that are not committed included, on this machine: with act in the\n' +
      "place of GitHub's runners, moto in AWS's, a registry with a password in ECR's, the server in a container, and\n" +
      'doubles of the actions. A first push with another data set, a worse model and a better one, data that has drifted,\n' +
      'pull requests, a data set that a variable names, runs that have to end red, and deploys to everything that a stack\n' +
      'may have: a server with a runner that stays, with one for each job, with none, and a fleet. It needs Docker, and\n' +
      'act or something to build it with (Go, or Python). Exits with 1 where a check fails, with 2 where it cannot be held.',
  )
  .option('--full', 'the first push cuts nothing short: the whole of the tests, and both rehearsals', false)
  .addOption(
    new Option('--only <name...>', 'of what follows the first push these alone').choices(Object.keys(scenarios)),
  )
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
  npm run rehearse:workflows -- --only fleet
  npm run rehearse:workflows -- --full`,
  )
  .parse()
  .opts<{ full: boolean; keep: boolean; only?: readonly string[]; prepare: boolean }>();

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
  const account = async () => {
    const moto = await startMoto(tools, folder);
    atEnd(moto.stop);
    // The CDK takes its time to load, and for --help for nothing.
    const { setUpTargets } = await import('./workflows/stacks.ts');
    return { moto, targets: await setUpTargets(moto, tools, folder) };
  };
  const [site, { moto, targets }] = await Promise.all([bootSite(name, image, rehearsal), account()]);
  const token = 'ghs_rehearsal';
  const github = new GitHub(token);
  const port = await github.listen('127.0.0.1');
  atEnd(() => github.close());
  const locator = targets.none.settings.variables.DEPLOY_TARGET ?? '';
  const systemsManager = new SystemsManager(site.server, locator, shortWaits);
  const systemsManagerPort = await systemsManager.listen('127.0.0.1');
  atEnd(() => systemsManager.close());
  const containerService = new ContainerService(moto.url);
  const containerServicePort = await containerService.listen('127.0.0.1');
  atEnd(() => containerService.end());
  const endpoints = {
    AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${systemsManagerPort}`,
    AWS_ENDPOINT_URL_ECS: `http://127.0.0.1:${containerServicePort}`,
  };
  let short = !full;
  const runner = new WorkflowRunner({
    ...{ endpoints, program, folder, tools, moto, github, token, interrupted },
    api: `http://127.0.0.1:${port}`,
    server: name,
    short: () => short,
  });
  // What has been interrupted ends what it has started, before that is taken away.
  atEnd(() => runner.idle());
  const server = deployTarget(site);
  const context: Context = { report, runner, github, registry: site.registry, server, targets, region };
  if (!full) console.log(`  Cut short:\n${cuts.map((cut) => `  - ${cut}`).join('\n')}`);
  report.equal('the server serves nothing yet', await server.serves(), {});

  // Before the first push, so that what there was before it is trained in short as well.
  forgetQueues(runner.repository);
  if (!full) shorten(runner.repository);
  runner.repository.commit('Cut short what takes long');
  await goesLive(context);
  if (full) shorten(runner.repository);
  shortenSmoke(runner.repository);
  runner.repository.commit('Cut short what takes long');
  short = true;
  const environment = { ...moto.environment, ...endpoints };
  const versions = await otherVersions(site, rehearsal);
  const parts: Parts = { site, systemsManager, containerService, environment, versions };
  for (const [scenario, play] of Object.entries(scenarios)) {
    if (only === undefined || only.includes(scenario)) await play(context, parts);
  }
  if (keep) await stay(`The server runs on: docker exec -it ${name} bash, ${server.url}`);
});
