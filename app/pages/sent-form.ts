import type { IncomingMessage } from 'node:http';
import { readBody } from '../api/read-body.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';
const form = { pattern: /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i, remedy: `Send the form as ${FORM_TYPE}.` };

/**
 * The form that a request sends, as browsers encode it. (Express would read all of one that is too long before it says so.)
 *
 * @param limit in bytes
 * @throws HttpError, GoneError as `readBody` does
 */
export async function sentForm(request: IncomingMessage, limit: number): Promise<string> {
  return Buffer.from(await readBody(request, limit, form)).toString();
}
