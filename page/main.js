// Puts the page together: what is fetched once, what is asked again and again, and who is told of what.

import { get, leaving } from './api.js';
import * as certificates from './certificates.js';
import * as clock from './clock.js';
import * as coverage from './coverage.js';
import { complain, id, throttled } from './dom.js';
import * as faults from './faults.js';
import * as requests from './requests.js';
import * as systems from './systems.js';
import * as world from './world.js';

/** How often the world is looked at, in milliseconds. Requests come by themselves. */
const PERIOD = 2000;

let name;
let revision;
let reached = true;

async function start() {
  const info = await get('info');
  name = info.world;
  document.title = name === 'default' ? `certmimic · ${info.scenario}` : `${name} · certmimic`;
  id('version').textContent = info.version;
  systems.draw(info);
  clock.start(certificatesMoved);
  await look();
  await Promise.all([requests.start(info.systems, coverage.met), certificates.start(info.systems), coverage.start(faults.arm).then(faults.start).then(faults.offer), world.start(info, everything)]);
  clock.offer();
  setInterval(() => { if (!document.hidden) look(); }, PERIOD);
  // What ends while nobody moves the clock.
  setInterval(() => { if (!document.hidden) certificatesMoved(); }, 30_000);
  document.addEventListener('keydown', search);
  document.body.dataset.ready = 'true';
}

/** Asks how the world is, and has redrawn what has changed. */
async function look() {
  if (leaving.signal.aborted) return;
  try {
    const held = requests.held();
    const { moves } = clock;
    const told = await get(`worlds/${encodeURIComponent(name)}`);
    const moved = moves === clock.moves && clock.update(told.clock);
    const first = revision === undefined;
    if (moved && !first) certificatesMoved();
    if (told.revision !== revision && !first) changed();
    revision = told.revision;
    if (told.requests === 0 && held > 0) await requests.reload();
    else if (told.requests < held) requests.reloadSoon();
    if (!reached) await everything();
    trouble();
  } catch (refused) {
    // What was given up with this world is no trouble.
    if (!leaving.signal.aborted) trouble(refused.message);
  }
}

function trouble(text) {
  if (text || !reached) complain(id('trouble'), text);
  reached = !text;
}

function certificatesMoved() {
  certificates.draw();
  clock.offer();
}

const changed = throttled(1000, async () => {
  await Promise.all([certificates.refresh(), faults.refresh()]);
  clock.offer();
  informed();
});

const informed = throttled(10_000, async () => systems.draw(await get('info')));

/** After what changes everything: a reset, another scenario, a server that is back. */
async function everything() {
  reached = true;
  systems.draw(await get('info'));
  await Promise.all([requests.reload(), certificates.refresh(), coverage.refresh().then(faults.offer), faults.refresh(), world.list()]);
  await look();
}

/** `/` goes to the search of the section that one is in, else of the requests. */
function search(event) {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || id('details').open) return;
  event.preventDefault();
  const section = event.target.closest?.('#certificates') ?? id('requests');
  section.querySelector('input[type=search]').focus();
}

start().catch((refused) => trouble(refused.message));
