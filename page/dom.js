// Elements. Whatever comes from the server becomes text nodes and attribute values, never markup.

const SVG = 'http://www.w3.org/2000/svg';

export const id = (name) => document.getElementById(name);

/** An element with attributes, listeners (`onclick`) and children, which may be texts, elements, or nothing. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(2).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

export function button(text, onclick, attributes = {}) {
  return el('button', { type: 'button', onclick, ...attributes }, text);
}

/** A labelled control. */
export function labelled(text, control, attributes = {}) {
  return el('label', attributes, el('span', {}, text), control);
}

/** A field that says what is looked for with every letter. */
export function search(label, told) {
  const tell = ({ target }) => told(target.value.trim().toLowerCase());
  return el('input', { type: 'search', placeholder: 'Search  /', 'aria-label': label, oninput: tell });
}

export function check(label, told) {
  const box = el('input', { type: 'checkbox', onchange: () => told(box.checked) });
  return labelled(label, box, { class: 'check' });
}

/** Some values to choose from, each with its text; the first is chosen unless `chosen` says otherwise. */
export function choice(label, options, told, chosen) {
  const tell = ({ target }) => told?.(target.value);
  const made = options.map(([value, text]) => option(value, text, value === chosen));
  return el('select', { 'aria-label': label, onchange: tell }, made);
}

/** Does this when a form is sent, in place of what browsers do. */
export function onSubmit(form, work) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    work();
  });
  return form;
}

/** Shows what went wrong, or that nothing is wrong any more. */
export function complain(output, text = '') {
  output.textContent = text;
  output.hidden = !text;
}

/** An identifier in words. */
export const inWords = (identifier) => identifier.replaceAll('_', ' ');

export const counted = (number) => number.toLocaleString('en');

/** How many of all: `6,000`, `12 of 6,000`. */
export const part = (some, all) => (some === all ? '' : `${counted(some)} of `) + counted(all);

/** Names and values, for a `dl`. */
export const pairs = (list) => list.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)));

export function option(value, text = value, selected = false) {
  return el('option', { value, selected }, text);
}

/** A button that asks once more before it does what cannot be undone. */
export function asking(text, question, onclick, attributes = {}) {
  let armed;
  const calm = () => {
    clearTimeout(armed);
    armed = undefined;
    asked.textContent = text;
    asked.classList.remove('asking');
  };
  const asked = button(text, () => {
    if (armed) {
      calm();
      return onclick();
    }
    asked.textContent = question;
    asked.classList.add('asking');
    armed = setTimeout(calm, 4000);
  }, { ...attributes, onblur: calm });
  return asked;
}

/** Tells those who do not see the page. */
export function say(text) {
  const said = id('said');
  said.textContent = '';
  requestAnimationFrame(() => { said.textContent = text; });
}

/** A button that copies a text, which may have to be fetched first. */
export function copying(label, text, attributes = {}) {
  const copy = button(label, async () => {
    const copied = await write(typeof text === 'function' ? await text() : text);
    copy.textContent = copied ? 'Copied' : 'Not copied: the browser refused';
    say(copy.textContent);
    setTimeout(() => { copy.textContent = label; }, 1500);
  }, attributes);
  return copy;
}

/** The clipboard is for secure contexts only; elsewhere the old way does. */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el('textarea', { class: 'unseen', readonly: true });
    area.value = text;
    (document.querySelector('dialog[open]') ?? document.body).append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

/** Hands a text to the person as a file. */
export function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Opens the dialog with a title, actions and content. */
export function open(title, actions, ...content) {
  const dialog = id('details');
  const close = button('Close', () => dialog.close());
  dialog.replaceChildren(
    el('div', { class: 'head' }, el('h2', { id: 'details-title', tabindex: '-1' }, title), el('div', { class: 'tools' }, actions, close)),
    el('div', { class: 'content' }, content),
  );
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  return dialog;
}

/** At most once in so many milliseconds, the last time included. */
export function throttled(milliseconds, work) {
  let waiting;
  let last = 0;
  return () => {
    if (waiting) return;
    const run = () => { waiting = undefined; last = performance.now(); work(); };
    waiting = setTimeout(run, Math.max(0, milliseconds - (performance.now() - last)));
  };
}
