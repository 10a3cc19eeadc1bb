// The time in this world, and how it is told.

export const DAY = 86_400_000;

let clock = { shown: Date.now(), at: performance.now(), running: true };

/** Takes over what the server says of the clock. */
export function tell({ now, mode }) {
  clock = { shown: Date.parse(now), at: performance.now(), running: mode === 'running' };
}

export const now = () => clock.shown + (clock.running ? performance.now() - clock.at : 0);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `15 Jan 2026`, in UTC as everything here. */
export function day(millis) {
  const date = new Date(millis);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export const month = (millis) => MONTHS[new Date(millis).getUTCMonth()];

export const iso = (millis) => new Date(millis).toISOString();

/** `08:00:00`. Counted from the end: years may have more than four digits. */
export const clockTime = (millis) => iso(millis).slice(-13, -5);

/** A span in the largest unit that fits: `45 s`, `3 h`, `12 d`, `73 y`. */
export function span(millis) {
  const size = Math.abs(millis);
  for (const [unit, name] of [[1000, 's'], [60_000, 'min'], [3_600_000, 'h'], [DAY, 'd'], [365.25 * DAY, 'y']].reverse()) {
    // Years only where days have become a number without a meaning.
    if (size >= unit * (name === 'y' ? 3 : 1)) return `${Math.floor(size / unit).toLocaleString('en')} ${name}`;
  }
  return '0 s';
}

/** Where a certificate stands: a word for its style, a mark, and words. */
export function standing({ from, to }) {
  const left = to - now();
  if (left < 0) return { state: 'expired', mark: '✕', words: `expired ${span(left)} ago` };
  if (from > now()) return { state: 'future', mark: '○', words: `valid in ${span(from - now())}` };
  const states = [[30, 'd30', '▲'], [60, 'd60', '△'], [90, 'd90', '◇'], [Infinity, 'later', '']];
  const [, state, mark] = states.find(([days]) => left <= days * DAY);
  return { state, mark, words: `in ${span(left)}` };
}
