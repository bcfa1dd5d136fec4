// Whether GitHub sends deploys to what the stack runs the app on. A job for a runner that went with its server would wait for a day.

import { readOutputs, type StackPlace } from './stack-outputs.ts';
import { ToolError } from './tool-error.ts';

/**
 * Gives what there is to say: that both agree, or why nobody can tell.
 *
 * @param told what GitHub's variable DEPLOY_TARGET says
 * @throws ToolError where the stack says otherwise, with the remedy
 */
export function checkTarget(place: StackPlace, told: string): string {
  const { stack } = place;
  const target = stackTarget(place);
  if (target === undefined) {
    return `Not checked: nobody here may read what the stack ${stack} runs the app on, or it does not say. npx cdk deploy changes that.`;
  }
  if (target === told) return `Deploys go to ${told}, as the stack ${stack} says.`;
  throw new ToolError(
    `Deploys would go to ${told}, but the stack ${stack} runs the app on ${target} now. Run npm run github:setup, which sets the variable ` +
      'DEPLOY_TARGET anew, and then start the workflow again.',
  );
}

/** Undefined where a stack of an older version keeps it to itself. */
function stackTarget(place: StackPlace): string | undefined {
  try {
    return readOutputs(place).DeployTarget;
  } catch (error) {
    if (error instanceof ToolError && error.message.includes('AccessDenied')) return undefined;
    throw error;
  }
}
