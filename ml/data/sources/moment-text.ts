const DAY_MS = 86_400_000;
const MAX_DAYS = 100_000;

/** The texts of days, of which a column has few: to make one takes as long as all else of a row. */
const dayTexts = new Map<number, string>();

/** A moment in ISO 8601, by its milliseconds since 1970; these are written where there are some. */
export function momentText(milliseconds: bigint): string {
  const ms = Number(milliseconds);
  const day = Math.floor(ms / DAY_MS);
  return `${dayText(day)}T${timeText(ms - day * DAY_MS)}`;
}

/** A day, by its number since 1970. */
export function dayText(day: number): string {
  let text = dayTexts.get(day);
  if (text === undefined) {
    const date = new Date(day * DAY_MS);
    text = Number.isNaN(date.getTime()) ? `day ${day} since 1970` : date.toISOString().replace(/T.*/, '');
    if (dayTexts.size >= MAX_DAYS) dayTexts.clear();
    dayTexts.set(day, text);
  }
  return text;
}

/** A time of day, by its milliseconds. */
export function timeText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const fraction = ms % 1000;
  const time = `${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  return fraction === 0 ? time : `${time}.${String(fraction).padStart(3, '0')}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
