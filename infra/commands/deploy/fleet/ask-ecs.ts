// Calls of Amazon ECS, by the AWS CLI and its login.

import { run } from '../../tool.ts';

/** Where a fleet is. */
export interface FleetPlace {
  readonly region: string;
  /** The service, whose cluster has the same name. */
  readonly name: string;
}

/** @throws ToolError where it says no */
export const askEcs = ({ region }: FleetPlace, args: readonly string[]): unknown =>
  JSON.parse(run('aws', ['ecs', ...args, '--region', region, '--output', 'json']));
