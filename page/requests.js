// The journal, newest first, as it grows.

import { get, leaving, remove, root, text } from './api.js';
import { asking, button, check, choice, counted, download, el, id, inWords, part, say, search, throttled } from './dom.js';
import { show } from './exchange.js';
import { clockTime } from './time.js';
import { Window } from './window.js';

/** As many as a journal holds. */
const MOST = 10_000;

const filter = { text: '', system: '', refused: false };
let records = [];
let systems = [];
let last = 0;
let dropped = 0;
let source;
let paused = false;
let arrived = [];
let list;
let onRecord;

/** Starts; `told(record)` is called for each record that arrives from now on. */
export function start(of, told) {
  systems = of;
  onRecord = told;
  list = new Window(id('requests-scroller'), {
    row, key: (record) => record.number, tall: (record) => Boolean(record.diagnosis),
    open: (record) => show(record.number, neighbours),
  });
  tools();
  document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
  leaving.signal.addEventListener('abort', disconnect);
  return reload();
}

/** How many are held, paused ones included. */
export const held = () => records.length + arrived.length;

/** All anew: the journal was emptied, or the server is another one. */
export async function reload() {
  disconnect();
  const told = await get('requests?brief');
  ({ dropped } = told);
  records = told.requests.map(prepared);
  arrived = [];
  last = records.at(-1)?.number ?? 0;
  draw();
  connect();
}

export const reloadSoon = throttled(10_000, reload);

function connect() {
  if (source || leaving.signal.aborted || document.hidden) return;
  source = new EventSource(new URL(`requests/stream?brief&since=${last}`, root));
  source.addEventListener('request', ({ data }) => take(JSON.parse(data)));
  // A stream that ended is taken up where it ended.
  source.onerror = () => {
    disconnect();
    setTimeout(connect, 1000);
  };
}

function disconnect() {
  source?.close();
  source = undefined;
}

function take(record) {
  if (record.number <= last) return;
  last = record.number;
  arrived.push(prepared(record));
  onRecord(record);
  if (!paused) settle();
  else count();
}

const settle = throttled(100, () => {
  if (paused) return count();
  const refused = arrived.filter((record) => record.diagnosis).length;
  const many = arrived.length === 1 ? '1 request' : `${arrived.length} requests`;
  if (arrived.length) say(refused ? `${many}, ${refused} refused: ${arrived.findLast((record) => record.diagnosis).diagnosis.line}` : many);
  records.push(...arrived);
  records.splice(0, Math.max(0, records.length - MOST));
  arrived = [];
  draw();
});

function prepared(record) {
  const words = [record.number, record.method, record.path, record.query, record.status, record.operation, record.outcome, record.diagnosis?.line];
  record.haystack = words.filter(Boolean).join(' ').toLowerCase();
  record.system = systemOf(record);
  return record;
}

function systemOf({ operation, path }) {
  const short = operation?.split('.')[0];
  return systems.find((system) => system.short === short || (!short && system.roots.some((root) => path.startsWith(root))));
}

const fits = (record) => (!filter.refused || record.diagnosis)
  && (!filter.system || record.system?.short === filter.system)
  && (!filter.text || record.haystack.includes(filter.text));

/** Newest first; what came inside a batch stands below it. */
function ordered() {
  const shown = [];
  for (let end = records.length; end > 0;) {
    let start = end - 1;
    while (start > 0 && records[start].parent !== null) start -= 1;
    for (let index = start; index < end; index += 1) if (fits(records[index])) shown.push(records[index]);
    end = start;
  }
  return shown;
}

let shown = [];

function draw() {
  shown = ordered();
  list.show(shown);
  count();
}

function count() {
  const all = records.length;
  const parts = [part(shown.length, all)];
  if (dropped) parts.push(`${counted(dropped)} older ones forgotten`);
  if (paused) parts.push(`paused, ${counted(arrived.length)} waiting`);
  id('requests-count').textContent = parts.join(' · ');
  id('requests-scroller').hidden = shown.length === 0;
  const empty = id('requests-empty');
  empty.hidden = shown.length > 0;
  if (!empty.hidden) empty.replaceChildren(...hint(all));
}

function hint(all) {
  if (all > 0) return ['No request fits the filter.'];
  return ['Nothing was asked yet. Try:', el('code', {}, systems.findLast(({ csrf, curl }) => csrf && curl)?.curl ?? '')];
}

/** The records before and after one, as the list has them. */
function neighbours(number) {
  const at = shown.findIndex((record) => record.number === number);
  return { newer: shown[at - 1]?.number, older: at < 0 ? undefined : shown[at + 1]?.number };
}

function row(record) {
  const { number, status, method, path, query, operation, outcome, diagnosis, by_fault: byFault, parent, time } = record;
  const cell = (name, ...content) => el('td', { class: name }, ...content);
  const words = outcome === 'success' ? '' : inWords(outcome);
  return el('tr', { class: diagnosis ? 'refused' : parent ? 'inner' : undefined, 'data-number': number },
    cell('when', clockTime(Date.parse(time))),
    cell('status', `${status ?? '—'}`),
    cell('asked', el('b', {}, method), ` ${path}`, query && el('i', {}, `?${query}`)),
    cell('outcome', diagnosis && el('span', { 'aria-hidden': 'true' }, '✕ '), words || el('span', { class: 'quiet' }, operation ?? 'success'),
      byFault && el('span', { class: 'tag' }, 'fault')),
    diagnosis && cell('why', diagnosis.line));
}

function tools() {
  const filtering = (name) => (value) => {
    filter[name] = value;
    draw();
  };
  const pause = button('Pause', () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', paused);
    if (!paused) settle();
    count();
  }, { 'aria-pressed': 'false' });
  const clear = asking('Clear', 'Forget all?', async () => {
    await remove('requests');
    await reload();
  });
  const har = button('HAR', async () => download('certmimic.har', await text('requests?format=har'), 'application/json'));
  id('requests-tools').append(
    search('Search requests', filtering('text')),
    choice('System', [['', 'all systems'], ...systems.map(({ short, title }) => [short, title])], filtering('system')),
    check('refused only', filtering('refused')), pause, clear, har,
  );
}
