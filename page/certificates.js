// Every certificate on one time line, what ends first on top.

import { get } from './api.js';
import { check, choice, copying, counted, el, id, open, pairs, part, search, svg } from './dom.js';
import { DAY, clockTime, day, month, now, standing } from './time.js';
import { Window } from './window.js';

const view = { text: '', within: '', window: '2y', grouped: false, folded: new Set() };
let held = [];
let titles = new Map();
let list;
let scale;
let fetching;
let stale = false;

export function start(systems) {
  titles = new Map(systems.map((system) => [system.name, system.title.replace(/^SAP /, '')]));
  list = new Window(id('certificates-scroller'), { row, key: (item) => item.key, open: (item) => (item.group ? fold(item) : details(item)) });
  tools();
  legend();
  return refresh();
}

/** Fetches the list anew. While one is under way, one more follows it. */
export function refresh() {
  if (fetching) {
    stale = true;
    return fetching;
  }
  fetching = take().finally(() => {
    fetching = undefined;
    if (stale) {
      stale = false;
      refresh();
    }
  });
  return fetching;
}

async function take() {
  const { certificates } = await get('certificates?brief');
  const seen = new Map();
  held = certificates.map((certificate) => {
    const own = [certificate.system, certificate.place, certificate.alias, certificate.sha256].join('\n');
    seen.set(own, (seen.get(own) ?? 0) + 1);
    const words = [certificate.alias, certificate.place, certificate.subject, certificate.issuer, certificate.sha256, titles.get(certificate.system)];
    return { ...certificate, algorithm: certificate.key, key: `${own}\n${seen.get(own)}`, from: Date.parse(certificate.valid_from), to: Date.parse(certificate.valid_to), haystack: words.join(' ').toLowerCase() };
  });
  draw();
}

/** The next moment at which one ends, and the last at which one did. */
export function ends() {
  const time = now();
  const next = held.reduce((least, { to }) => (to >= time && to < least ? to : least), Infinity);
  return Number.isFinite(next) ? next : undefined;
}

/** Shows them as they stand at the time that it is now. */
export function draw() {
  scale = scaled();
  const wanted = held.filter(fits);
  const items = view.grouped ? grouped(wanted) : wanted;
  list.show(items, true);
  axis();
  const expired = held.filter(({ to }) => to < now()).length;
  const soon = held.filter(({ to }) => to >= now() && to - now() <= 30 * DAY).length;
  const parts = [part(wanted.length, held.length)];
  if (expired) parts.push(`${counted(expired)} expired`);
  if (soon) parts.push(`${counted(soon)} within 30 d`);
  id('certificates-count').textContent = parts.join(' · ');
  id('certificates-scroller').hidden = items.length === 0;
  id('certificates-empty').hidden = items.length > 0;
  id('certificates-empty').textContent = held.length ? 'No certificate fits the filter.' : 'This world holds no certificates. Load a scenario, or create some through the systems’ APIs.';
}

function fits(certificate) {
  const left = certificate.to - now();
  return (!view.text || certificate.haystack.includes(view.text)) && (view.within === '' || left < Number(view.within) * DAY);
}

function grouped(certificates) {
  return [...titles.keys()].flatMap((system) => {
    const members = certificates.filter((certificate) => certificate.system === system);
    if (!members.length) return [];
    const folded = view.folded.has(system);
    return [{ group: system, key: `${system} ${members.length} ${folded}`, folded, count: members.length }, ...(folded ? [] : members)];
  });
}

function fold({ group, folded }) {
  if (folded) view.folded.delete(group);
  else view.folded.add(group);
  draw();
  list.focus(list.items.findIndex((item) => item.group === group));
}

/** The stretch of time that is shown. */
function scaled() {
  const time = now();
  const ranges = { '90d': [time - 15 * DAY, time + 90 * DAY], '2y': [time - 180 * DAY, time + 550 * DAY] };
  let [from, to] = ranges[view.window] ?? held.reduce(([least, most], certificate) => [Math.min(least, certificate.from), Math.max(most, certificate.to)], [time - DAY, time + DAY]);
  const margin = view.window === 'all' ? (to - from) * 0.02 : 0;
  from -= margin;
  to += margin;
  return { from, to, percent: (at) => ((at - from) / (to - from)) * 100 };
}

/** Round dates inside the scale: not more than about eight. */
function ticks() {
  const days = (scale.to - scale.from) / DAY;
  const found = [];
  const start = new Date(scale.from);
  const [years, months] = days > 1200 ? [[1, 2, 5, 10, 20, 50, 100, 500, 1000].find((step) => days / 365 / step <= 8) ?? 5000, 0] : [0, days > 400 ? 6 : 1];
  const date = new Date(Date.UTC(years ? Math.ceil(start.getUTCFullYear() / years) * years : start.getUTCFullYear(), 0));
  while (date.getTime() < scale.to && found.length < 12) {
    if (date.getTime() > scale.from) found.push(date.getTime());
    if (years) date.setUTCFullYear(date.getUTCFullYear() + years);
    else date.setUTCMonth(date.getUTCMonth() + months);
  }
  return found.map((at) => ({ at, text: years || (months === 6 && new Date(at).getUTCMonth() === 0) ? `${new Date(at).getUTCFullYear()}` : month(at) }));
}

/** Where a moment stands, or just outside. */
const across = (time) => Math.min(Math.max(scale.percent(time), -1), 101);
const at = (time) => `${across(time).toFixed(3)}%`;

function axis() {
  const marks = ticks().filter(({ at: time }) => scale.percent(time) < 94).map(({ at: time, text }) => svg('text', { x: at(time), y: '70%', dx: 3 }, text));
  const cell = id('certificates-table').querySelector('.axis');
  cell.replaceChildren(el('span', { class: 'unseen' }, 'validity'), svg('svg', { class: 'line', 'aria-hidden': 'true' }, grid(), marks));
}

const grid = () => [
  ...ticks().map(({ at: time }) => svg('line', { class: 'tick', x1: at(time), x2: at(time), y1: 0, y2: '100%' })),
  svg('line', { class: 'now', x1: at(now()), x2: at(now()), y1: 0, y2: '100%' }),
];

function row(item) {
  if (item.group) {
    return el('tr', { class: 'group' }, el('td', { colspan: 3 }, el('span', { 'aria-hidden': 'true' }, item.folded ? '▸ ' : '▾ '),
      titles.get(item.group), el('span', { class: 'quiet' }, ` ${counted(item.count)}`), el('span', { class: 'unseen' }, item.folded ? ', folded' : ', unfolded')));
  }
  const { state, mark, words } = standing(item);
  return el('tr', { class: state, 'data-alias': item.alias },
    el('td', { class: 'name' }, el('b', {}, item.alias), el('span', { class: 'place', title: item.place }, `${titles.get(item.system)} · ${item.place} · ${item.kind}, ${item.algorithm}`)),
    el('td', { class: 'line' }, svg('svg', { class: 'line', 'aria-hidden': 'true' }, grid(), bar(item)), el('span', { class: 'unseen' }, `${day(item.from)} to ${day(item.to)}`)),
    el('td', { class: 'left' }, mark && el('span', { 'aria-hidden': 'true' }, `${mark} `), words));
}

function bar({ from, to }) {
  const [start, end] = [across(from), across(to)];
  if (end < 0) return svg('text', { x: 4, y: '65%' }, '‹');
  if (start > 100) return svg('text', { x: '100%', dx: -4, y: '65%', 'text-anchor': 'end' }, '›');
  return svg('rect', { class: 'bar', x: at(from), width: `${Math.max(end - start, 0.6).toFixed(3)}%`, y: '30%', height: '40%', rx: 3 });
}

/** All of one: also the certificate itself. */
async function details(item) {
  const { certificates } = await get(`certificates?sha256=${encodeURIComponent(item.sha256)}`);
  const own = certificates.find(({ system, place, alias }) => system === item.system && place === item.place && alias === item.alias) ?? certificates[0];
  if (!own) return open(item.alias, [], el('p', { class: 'trouble' }, 'It is no longer there.'));
  const { words } = standing(item);
  const moment = (millis) => `${day(millis)}, ${clockTime(millis)} UTC`;
  const told = [
    ['system', titles.get(own.system)], ['place', own.place], ['kind', own.kind], ['ends', words], ['valid from', moment(item.from)], ['valid to', moment(item.to)],
    ['subject', own.subject], ['issuer', own.issuer], ['serial number', own.serial_number], ['key', own.key], ['signature', own.signature], ['SHA-256', own.sha256],
  ];
  const chain = [own.subject, ...own.issuers];
  return open(own.alias, [copying('Copy PEM', own.pem), copying('Copy address', own.url)],
    el('dl', { class: 'facts wide' }, pairs(told)),
    el('h3', {}, 'Chain'), el('ol', { class: 'chain' }, chain.map((subject) => el('li', {}, subject))),
    certificates.length > 1 && [el('h3', {}, 'It also stands in'), el('ul', {}, certificates.filter((other) => other !== own).map((other) => el('li', {}, `${titles.get(other.system)}, ${other.place}: ${other.alias}`)))],
    el('h3', {}, 'Entity'), el('p', { class: 'url' }, el('a', { href: own.url }, own.url)), el('h3', {}, 'PEM'), el('pre', { tabindex: '0' }, own.pem));
}

function tools() {
  const viewing = (name) => (value) => {
    view[name] = value;
    draw();
  };
  const ends = [['', 'whenever it ends'], ['0', 'expired'], ['30', 'within 30 d'], ['60', 'within 60 d'], ['90', 'within 90 d']];
  const windows = [['90d', '90 days'], ['2y', 'two years'], ['all', 'all time']];
  id('certificates-tools').append(
    search('Search certificates', viewing('text')),
    choice('Ends', ends, viewing('within')),
    choice('Time shown', windows, viewing('window'), view.window),
    check('by system', viewing('grouped')),
  );
}

function legend() {
  const marks = [['expired', '✕', 'expired'], ['d30', '▲', '≤ 30 d'], ['d60', '△', '≤ 60 d'], ['d90', '◇', '≤ 90 d'], ['later', '', 'later'], ['future', '○', 'not yet valid']];
  id('legend').append(...marks.map(([state, mark, text]) => el('li', { class: state }, svg('svg', { 'aria-hidden': 'true' }, svg('rect', { class: 'bar', width: '100%', height: '100%', rx: 2 })), `${mark} ${text}`)));
}
