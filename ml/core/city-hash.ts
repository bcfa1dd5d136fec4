const MASK = 2n ** 64n - 1n;
const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const K3 = 0xc949d7c7509e6557n;
const MUL = 0x9ddfea08eb382d69n;

const encoder = new TextEncoder();

/**
 * CityHash64 of a text's UTF-8, of its version 1.0, whose results differ from those of later versions.
 *
 * Source: Pike and Alakuijala, CityHash; CatBoost 1.2 keeps the version for its models.
 */
export function cityHash64(text: string): bigint {
  const bytes = encoder.encode(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length <= 16) return upTo16(view);
  if (bytes.length <= 32) return upTo32(view);
  if (bytes.length <= 64) return upTo64(view);
  return beyond64(view);
}

const wrap = (value: bigint) => value & MASK;
const read64 = (view: DataView, at: number) => view.getBigUint64(at, true);
const read32 = (view: DataView, at: number) => BigInt(view.getUint32(at, true));
const rotate = (value: bigint, by: bigint) => wrap((value >> by) | (value << (64n - by)));
const shiftMix = (value: bigint) => value ^ (value >> 47n);

function hash16(u: bigint, v: bigint): bigint {
  const a = shiftMix(wrap((u ^ v) * MUL));
  const b = shiftMix(wrap((v ^ a) * MUL));
  return wrap(b * MUL);
}

function upTo16(view: DataView): bigint {
  const length = view.byteLength;
  const size = BigInt(length);
  if (length > 8) {
    const a = read64(view, 0);
    const b = read64(view, length - 8);
    return hash16(a, rotate(wrap(b + size), size)) ^ b;
  }
  if (length >= 4) return hash16(size + (read32(view, 0) << 3n), read32(view, length - 4));
  if (length === 0) return K2;
  const at = (place: number) => BigInt(view.getUint8(place));
  const y = at(0) + (at(length >> 1) << 8n);
  const z = size + (at(length - 1) << 2n);
  return wrap(shiftMix(wrap(y * K2) ^ wrap(z * K3)) * K2);
}

function upTo32(view: DataView): bigint {
  const length = view.byteLength;
  const a = wrap(read64(view, 0) * K1);
  const b = read64(view, 8);
  const c = wrap(read64(view, length - 8) * K2);
  const d = wrap(read64(view, length - 16) * K0);
  return hash16(
    wrap(rotate(wrap(a - b), 43n) + rotate(c, 30n) + d),
    wrap(a + rotate(b ^ K3, 20n) - c + BigInt(length)),
  );
}

function upTo64(view: DataView): bigint {
  const length = view.byteLength;
  const [v1, v2] = half(
    wrap(read64(view, 0) + (BigInt(length) + read64(view, length - 16)) * K0),
    read64(view, 24),
    read64(view, 8),
    read64(view, 16),
  );
  const [w1, w2] = half(
    wrap(read64(view, 16) + read64(view, length - 32)),
    read64(view, length - 8),
    read64(view, length - 24),
    read64(view, length - 16),
  );
  const mixed = shiftMix(wrap((v1 + w2) * K2 + (w1 + v2) * K0));
  return wrap(shiftMix(wrap(mixed * K0 + v2)) * K2);
}

/** Mixes 32 bytes into two numbers, for inputs of 33 to 64 bytes. */
function half(first: bigint, z: bigint, second: bigint, third: bigint): [bigint, bigint] {
  const a = wrap(first + second);
  const c = wrap(rotate(first, 37n) + rotate(a, 7n));
  const sum = wrap(a + third);
  return [wrap(sum + z), wrap(rotate(wrap(first + z), 52n) + rotate(sum, 31n) + c)];
}

/** Mixes the 32 bytes from a place on into two numbers that go before. */
function weakHash32(view: DataView, at: number, a: bigint, b: bigint): [bigint, bigint] {
  const z = read64(view, at + 24);
  const first = wrap(a + read64(view, at));
  const turned = rotate(wrap(b + first + z), 21n);
  const sum = wrap(first + read64(view, at + 8) + read64(view, at + 16));
  return [wrap(sum + z), wrap(turned + rotate(sum, 44n) + first)];
}

function beyond64(view: DataView): bigint {
  const length = view.byteLength;
  let x = read64(view, 0);
  let y = read64(view, length - 16) ^ K1;
  let z = read64(view, length - 56) ^ K0;
  let v = weakHash32(view, length - 64, BigInt(length), y);
  let w = weakHash32(view, length - 32, wrap(BigInt(length) * K1), K0);
  z = wrap(z + shiftMix(v[1]) * K1);
  x = wrap(rotate(wrap(z + x), 39n) * K1);
  y = wrap(rotate(y, 33n) * K1);
  const blocks = Math.floor((length - 1) / 64);
  for (let at = 0; at < blocks * 64; at += 64) {
    x = wrap(rotate(wrap(x + y + v[0] + read64(view, at + 16)), 37n) * K1) ^ w[1];
    y = wrap(rotate(wrap(y + v[1] + read64(view, at + 48)), 42n) * K1) ^ v[0];
    const turned = rotate(z ^ w[0], 33n);
    v = weakHash32(view, at, wrap(v[1] * K1), wrap(x + w[0]));
    w = weakHash32(view, at + 32, wrap(turned + w[1]), y);
    z = x;
    x = turned;
  }
  return hash16(wrap(hash16(v[0], w[0]) + shiftMix(y) * K1 + z), wrap(hash16(v[1], w[1]) + x));
}
