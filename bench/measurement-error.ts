/** What should have been measured could not be: its process is missing, or has ended; the message says why. */
export class MeasurementError extends Error {
  override readonly name = 'MeasurementError';
}
