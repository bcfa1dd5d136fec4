// Lists of uint32.

// @ts-ignore: decorator
@inline
export function at32(list: usize, i: u32): u32 {
  return load<u32>(list + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
export function set32(list: usize, i: u32, value: u32): void {
  store<u32>(list + (<usize>i << 2), value);
}

export function swap(list: usize, a: u32, b: u32): void {
  const own = at32(list, a);
  set32(list, a, at32(list, b));
  set32(list, b, own);
}
