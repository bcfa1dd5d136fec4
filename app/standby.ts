/**
 * While a deploy watches the version that replaces this one, this one stands by: alive, answering, but not asking for
 * requests. `onChange(true)` on SIGUSR2; `onChange(false)` on SIGCONT, which calls it back, or `seconds` after the last
 * SIGUSR2: should the deploy die, nobody else would.
 */
export function standByOnSignals(seconds: number, onChange: (standingBy: boolean) => void): void {
  let lapse: NodeJS.Timeout | undefined;
  const callBack = () => {
    if (lapse === undefined) return;
    clearTimeout(lapse);
    lapse = undefined;
    onChange(false);
  };
  process.on('SIGUSR2', () => {
    const first = lapse === undefined;
    clearTimeout(lapse);
    lapse = setTimeout(callBack, seconds * 1000).unref();
    if (first) onChange(true);
  });
  process.on('SIGCONT', callBack);
}
