/** What bytes lie in, where they are all of it: their own memory, which can be handed over or given back. */
export function ownBuffer({ buffer, byteLength }: Uint8Array): ArrayBuffer | undefined {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? buffer : undefined;
}

/**
 * Gives back the memory of bytes that nobody reads any more. Left to V8 it would go once 64 MB of such have come together: it rarely looks at
 * what lies outside of its heap. Bytes that share their memory with others keep it.
 */
export function freeBytes(bytes: Uint8Array): void {
  ownBuffer(bytes)?.transfer(0);
}
