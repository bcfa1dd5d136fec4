// Products of matrices for logistic regression of many columns and classes, in AssemblyScript; `npm run build:kernel` makes kernel.wasm
// of it. Four rows by four columns of a product at a time: each value that is read serves four sums, which stay in registers.
//
// Matrices are float64, row-major. Strides are in bytes, and multiples of 32; rows and outputs are counted in fours, and what is missing
// to four is 0.

/** The values of each row times its factor, from `x` to `to`, whose rows are as far apart. */
export function scaleRows(x: usize, rows: i32, stride: usize, factors: usize, to: usize): void {
  for (let i = 0; i < rows; i++) {
    const factor = v128.load64_splat(factors + (<usize>i << 3));
    const first = <usize>i * stride;
    for (let at = first; at < first + stride; at += 32) {
      v128.store(to + at, f64x2.mul(v128.load(x + at), factor));
      v128.store(to + at, f64x2.mul(v128.load(x + at, 16), factor), 16);
    }
  }
}

/**
 * The rows of `x` times coefficients, into `margins`: rows × outputs.
 *
 * @param coefficients four outputs at a time: of the first four those of each column, then of the next four
 */
export function multiply(
  x: usize, rows: i32, stride: usize, columns: i32, coefficients: usize, outputs: i32, margins: usize,
): void {
  const marginStride = <usize>outputs << 3;
  const length = <usize>columns << 3;
  for (let k = 0; k < outputs; k += 4) {
    const own = coefficients + <usize>k * length;
    for (let i = 0; i < rows; i += 4) {
      const a = x + <usize>i * stride;
      const b = a + stride;
      const c = b + stride;
      const d = c + stride;
      let a0 = f64x2.splat(0);
      let a1 = f64x2.splat(0);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let c0 = f64x2.splat(0);
      let c1 = f64x2.splat(0);
      let d0 = f64x2.splat(0);
      let d1 = f64x2.splat(0);
      let from = own;
      for (let at: usize = 0; at < length; at += 8) {
        const low = v128.load(from);
        const high = v128.load(from, 16);
        from += 32;
        const inA = v128.load64_splat(a + at);
        a0 = f64x2.add(a0, f64x2.mul(inA, low));
        a1 = f64x2.add(a1, f64x2.mul(inA, high));
        const inB = v128.load64_splat(b + at);
        b0 = f64x2.add(b0, f64x2.mul(inB, low));
        b1 = f64x2.add(b1, f64x2.mul(inB, high));
        const inC = v128.load64_splat(c + at);
        c0 = f64x2.add(c0, f64x2.mul(inC, low));
        c1 = f64x2.add(c1, f64x2.mul(inC, high));
        const inD = v128.load64_splat(d + at);
        d0 = f64x2.add(d0, f64x2.mul(inD, low));
        d1 = f64x2.add(d1, f64x2.mul(inD, high));
      }
      let to = margins + <usize>i * marginStride + (<usize>k << 3);
      v128.store(to, a0);
      v128.store(to, a1, 16);
      to += marginStride;
      v128.store(to, b0);
      v128.store(to, b1, 16);
      to += marginStride;
      v128.store(to, c0);
      v128.store(to, c1, 16);
      to += marginStride;
      v128.store(to, d0);
      v128.store(to, d1, 16);
    }
  }
}

/**
 * Adds to `products` those of columns of `left` with columns of `right`, each summed over the rows.
 *
 * @param leftColumns how many there are, of the left and of the right
 * @param isTriangle whether products with columns past the left one's are not wanted
 */
export function addProducts(
  left: usize, leftStride: usize, leftColumns: i32,
  right: usize, rightStride: usize, rightColumns: i32,
  rows: i32, products: usize, productStride: usize, isTriangle: bool,
): void {
  for (let j = 0; j < leftColumns; j += 4) {
    const end = isTriangle ? j + 4 : rightColumns;
    for (let k = 0; k < end; k += 4) {
      let a0 = f64x2.splat(0);
      let a1 = f64x2.splat(0);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let c0 = f64x2.splat(0);
      let c1 = f64x2.splat(0);
      let d0 = f64x2.splat(0);
      let d1 = f64x2.splat(0);
      let own = left + (<usize>j << 3);
      let other = right + (<usize>k << 3);
      for (let i = 0; i < rows; i++) {
        const low = v128.load(other);
        const high = v128.load(other, 16);
        const inA = v128.load64_splat(own);
        a0 = f64x2.add(a0, f64x2.mul(inA, low));
        a1 = f64x2.add(a1, f64x2.mul(inA, high));
        const inB = v128.load64_splat(own, 8);
        b0 = f64x2.add(b0, f64x2.mul(inB, low));
        b1 = f64x2.add(b1, f64x2.mul(inB, high));
        const inC = v128.load64_splat(own, 16);
        c0 = f64x2.add(c0, f64x2.mul(inC, low));
        c1 = f64x2.add(c1, f64x2.mul(inC, high));
        const inD = v128.load64_splat(own, 24);
        d0 = f64x2.add(d0, f64x2.mul(inD, low));
        d1 = f64x2.add(d1, f64x2.mul(inD, high));
        own += leftStride;
        other += rightStride;
      }
      let at = products + <usize>j * productStride + (<usize>k << 3);
      v128.store(at, f64x2.add(v128.load(at), a0));
      v128.store(at, f64x2.add(v128.load(at, 16), a1), 16);
      at += productStride;
      v128.store(at, f64x2.add(v128.load(at), b0));
      v128.store(at, f64x2.add(v128.load(at, 16), b1), 16);
      at += productStride;
      v128.store(at, f64x2.add(v128.load(at), c0));
      v128.store(at, f64x2.add(v128.load(at, 16), c1), 16);
      at += productStride;
      v128.store(at, f64x2.add(v128.load(at), d0));
      v128.store(at, f64x2.add(v128.load(at, 16), d1), 16);
    }
  }
}
