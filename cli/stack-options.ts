import { Option } from 'commander';
import type { StackPlace } from '../infra/commands/stack-outputs.ts';

/** Which stack, and which repository belongs to it. */
export interface StackOptions extends StackPlace {
  /** @default - the stack's setting github */
  readonly repo?: string;
}

/** `--stack NAME`, `--region REGION` and `--repo OWNER/REPO`, which every command takes that asks a deployed stack. */
export const stackOptions = (): readonly Option[] => [
  new Option('--stack <name>', 'the deployed stack').default('plumbline'),
  new Option('--region <region>', "the stack's region (default: the AWS CLI's)"),
  new Option('--repo <owner/repo>', "the repository (default: the stack's setting github)"),
];
