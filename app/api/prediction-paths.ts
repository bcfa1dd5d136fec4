/** Where predictions are asked for, each with its version or as the newest. */
export const PREDICTION_PATHS: ReadonlySet<string> = new Set(['/api/predictions', '/api/v1/predictions']);
