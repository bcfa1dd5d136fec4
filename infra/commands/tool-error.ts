/** A tool or a service of others is missing or has failed; the message is what it said and the remedy. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}
