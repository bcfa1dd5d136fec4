// What can be said of a command that is not run here: that there is such a program, with such subcommands and options.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { root } from './markdown.ts';

const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** Programs of others, which only an account, an engine or a network can try. */
const others = ['aws', 'gh', 'docker', 'git', 'cd', 'python3', 'pip'];

/** Why a simple command cannot be right, or undefined. */
export function problemOf(words: readonly string[]): string | undefined {
  const [program = '', ...args] = words.filter((word) => !/^[A-Z_]+=/.test(word));
  if (program === 'npm') return problemOfNpm(args);
  if (program === 'npx') return problemOfNpx(args);
  if (program === 'sudo') return problemOfHostScript(args[0] ?? '');
  if (program === 'gh' && args.slice(0, 2).join(' ') === 'workflow run') return problemOfWorkflow(args.slice(2));
  if (program === 'node' || program.startsWith('.')) {
    const path = (program === 'node' ? args[0] : program) ?? '';
    return existsSync(join(root, path)) ? undefined : `there is no ${path}`;
  }
  return others.includes(program) ? undefined : `nobody knows ${program}`;
}

function problemOfNpm(args: readonly string[]): string | undefined {
  const [verb = '', name = ''] = args;
  if (['ci', 'install', 'pack', 'pkg'].includes(verb)) return undefined;
  const script = verb === 'run' ? name : verb;
  const command = scripts[script];
  if (command === undefined) return `package.json has no script ${script}`;
  const own = args.indexOf('--');
  return own < 0 ? undefined : problemOfOptions(command, args.slice(own + 1));
}

function problemOfNpx(args: readonly string[]): string | undefined {
  const [program = '', ...rest] = args;
  if (!existsSync(join(root, 'node_modules/.bin', program))) return `no package here brings ${program}`;
  return program === 'cdk' ? problemOfOptions('cdk', rest) : undefined;
}

/** Compares options with what the help of the command, or of its subcommand, lists. */
function problemOfOptions(command: string, args: readonly string[]): string | undefined {
  const subcommand = /^[a-z]+$/.test(args[0] ?? '') ? ` ${args[0]}` : '';
  const help = helpOf(command + subcommand);
  const options = args.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*/, ''));
  const unknown = options.find((option) => !new RegExp(`(?:^|[\\s,])${option}(?=[\\s,=]|$)`, 'm').test(help));
  return unknown && `${command}${subcommand} has no option ${unknown}`;
}

const helps = new Map<string, string>();

function helpOf(command: string): string {
  let help = helps.get(command);
  if (help === undefined) {
    const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', `${command.replace(/^exec /, '')} --help`], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    });
    if (status !== 0) throw new Error(`${command} --help exits with ${status}\n${stderr}`);
    help = stdout;
    helps.set(command, help);
  }
  return help;
}

/** On the server, deploys leave their scripts in one folder, and the user data its own in another. */
function problemOfHostScript(path: string): string | undefined {
  const [, folder, name] = /^(\/var\/lib\/plumbline\/bin|\/opt\/plumbline\/host)\/([\w-]+)\.sh$/.exec(path) ?? [];
  if (folder === undefined || !existsSync(join(root, `infra/host/${name}.sh`))) return `the server has no ${path}`;
  if (folder.startsWith('/opt')) return undefined;
  const deploy = readFileSync(join(root, 'infra/host/deploy.sh'), 'utf8');
  const left = /^for script in (.*); do$/m.exec(deploy)?.[1]?.split(' ');
  return left?.includes(name as string) ? undefined : `deploy.sh leaves no ${name}.sh on the server`;
}

function problemOfWorkflow([file = '', ...args]: readonly string[]): string | undefined {
  const path = join(root, '.github/workflows', file);
  if (!existsSync(path)) return `there is no workflow ${file}`;
  const inputs = Object.keys(parse(readFileSync(path, 'utf8')).on.workflow_dispatch?.inputs ?? {});
  const given = args.filter((word) => word.includes('=')).map((word) => word.split('=')[0] as string);
  const unknown = given.find((input) => !inputs.includes(input));
  return unknown && `${file} takes no ${unknown}`;
}
