import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Bytes of the name of a key, and of the secret in it, which nobody guesses: so a plain hash of it tells nothing. */
const ID_BYTES = 6;
const SECRET_BYTES = 32;
const KEY = /^pl_([0-9a-f]{12})_([\w-]{43})$/;

const apiKeySchema = z.object({
  /** What it is called in lists, and in the key itself. */
  id: z.string().regex(/^[0-9a-f]{12}$/),
  /** Whose it is, for people. */
  name: z.string().min(1),
  /** SHA-256 of its secret. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  created: z.iso.datetime(),
});

/** A file of keys: without their secrets. */
export const keyFileSchema = z.object({ keys: z.array(apiKeySchema) });

export type ApiKey = z.infer<typeof apiKeySchema>;
export type KeyFile = z.infer<typeof keyFileSchema>;

/** A new key: what is kept of it, and its text, which is told once. */
export function makeKey(name: string, created = new Date()): { readonly kept: ApiKey; readonly text: string } {
  const id = randomBytes(ID_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { kept: { id, name, hash: hashOf(secret), created: created.toISOString() }, text: `pl_${id}_${secret}` };
}

/** The key of a file that a text is; undefined where it is none. It takes as long whatever is wrong with the secret. */
export function keyOf({ keys }: KeyFile, text: string): ApiKey | undefined {
  const [, id, secret = ''] = KEY.exec(text) ?? [];
  const key = keys.find((each) => each.id === id);
  return key && timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(key.hash, 'hex')) ? key : undefined;
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
