/** The characters of the bytes from 0x80 to 0x9F, where Windows-1252 differs from Latin-1; five bytes mean nothing, and stay. */
const differing = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The text of bytes in Windows-1252. Node's TextDecoder read it as Latin-1 in some versions. Source: WHATWG, Encoding. */
export function windows1252Text(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (letter) => differing[letter.charCodeAt(0) - 0x80] as string);
}
