// Which world is shown, and what can be done to it as a whole.

import { call, get, leaving, pageOf, post, put, remove, server, text } from './api.js';
import { asking, button, complain, download, el, id, labelled, onSubmit, option, say } from './dom.js';

let own;
let scenarios = [];
let onChange;
let trouble;

/** Starts; `changed()` is called after what changes everything. */
export function start(info, changed) {
  own = info.world;
  scenarios = info.built_in_scenarios;
  onChange = changed;
  id('world').append(option(own));
  id('world').addEventListener('change', () => { location.href = pageOf(id('world').value); });
  const menu = id('world-menu');
  menu.addEventListener('toggle', () => menu.open && draw());
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  document.addEventListener('click', ({ target }) => { if (!menu.contains(target) && target.isConnected) menu.open = false; });
  return list();
}

/** The worlds that there are. */
export async function list() {
  const { worlds } = await get('worlds');
  id('world').replaceChildren(...worlds.map(({ name, scenario }) => option(name, name === scenario ? name : `${name} · ${scenario}`, name === own)));
}

async function draw() {
  const { snapshots } = await get('snapshots');
  trouble = el('output', { class: 'trouble', role: 'alert', hidden: true });
  const panel = id('world-panel');
  const isIn = panel.contains(document.activeElement);
  panel.replaceChildren(trouble, resetting(), keeping(snapshots), forking(snapshots), files(), own !== 'default' && asking('Drop this world', 'Drop it for good?', dropping, { class: 'danger' }));
  // Else the focus is nowhere, and Escape with it.
  if (isIn) panel.previousElementSibling.focus();
}

function resetting() {
  const to = el('select', { 'aria-label': 'Scenario' }, option('', 'its own scenario'), scenarios.map((name) => option(name)));
  return group('Reset', to, asking('Reset', 'Reset all?', () => doing(post(`reset${to.value && `?scenario=${encodeURIComponent(to.value)}`}`), 'The world is as its scenario says.')));
}

function keeping(snapshots) {
  const name = el('input', { size: 12, placeholder: 'name', 'aria-label': 'Name of the snapshot' });
  const path = (snapshot) => `snapshots/${encodeURIComponent(snapshot)}`;
  const line = (snapshot) => el('li', {}, el('span', {}, snapshot), button('Restore', () => doing(post(`${path(snapshot)}/restore`), `Back to ${snapshot}.`), { 'aria-label': `Restore ${snapshot}` }),
    asking('Drop', 'Drop it?', () => doing(remove(path(snapshot)), `${snapshot} is dropped.`), { 'aria-label': `Drop snapshot ${snapshot}` }));
  return group('Snapshots', snapshots.length > 0 && el('ul', { class: 'plain' }, snapshots.map(line)),
    form([name, el('button', { type: 'submit' }, 'Keep')], () => doing(put(path(name.value.trim())), `Kept as ${name.value.trim()}.`)));
}

function forking(snapshots) {
  const name = el('input', { size: 12, placeholder: 'name', 'aria-label': 'Name of the new world' });
  const from = el('select', { 'aria-label': 'Fork of' }, option(`world:${own}`, 'this world as it is'), snapshots.map((snapshot) => option(`snapshot:${snapshot}`, `snapshot ${snapshot}`)),
    scenarios.map((scenario) => option(`scenario:${scenario}`, `scenario ${scenario}`)));
  return group('New world', form([name, from, el('button', { type: 'submit' }, 'Fork')], async () => {
    if (await doing(post('worlds', { name: name.value.trim(), from: from.value }))) location.href = pageOf(name.value.trim());
  }));
}

function files() {
  const file = el('input', { type: 'file', accept: '.yaml,.yml,.json', onchange: async () => {
    const [chosen] = file.files;
    if (chosen) await doing(chosen.text().then((body) => call('PUT', 'state', { body })), `${chosen.name} is loaded.`);
    file.value = '';
  } });
  const save = button('Download', async () => download(`${own}.yaml`, await text('state', 'application/yaml'), 'application/yaml'));
  return group('Scenario', save, labelled('Load', file, { class: 'file' }));
}

/** By way of the server, since this world is asked nothing any more. */
async function dropping() {
  leaving.abort();
  await remove(new URL(`_certmimic/worlds/${encodeURIComponent(own)}`, server)).catch(() => {});
  location.href = pageOf('default');
}

const group = (title, ...content) => el('fieldset', {}, el('legend', {}, title), ...content);

const form = (content, submit) => onSubmit(el('form', { autocomplete: 'off' }, content), submit);

/** Does it and redraws all; what is refused is told in the menu. True if it was done. */
async function doing(call, done) {
  try {
    await call;
  } catch (refused) {
    complain(trouble, refused.message);
    return false;
  }
  await draw();
  await onChange();
  if (done) say(done);
  return true;
}
