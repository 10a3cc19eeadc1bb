// Plays one scene: play.mjs SCENE BASE-URL BROWSER FOLDER-OF-IMAGES

import { chromium } from 'playwright-core';
import { scenes } from './scenes.mjs';

const [scene, base, executablePath, images] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** Opens the page and waits until it has what it shows. What goes wrong in it fails the scene. */
async function open({ path = '/', ready = true, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(`${error.message}\n${error.stack}`));
  page.on('console', (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && page.wrong.push(message.text()));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.origin !== base) page.wrong.push(`a request to ${url}`);
  });
  await page.goto(base + path);
  if (ready) await page.locator('body[data-ready]').waitFor();
  pages.push(page);
  return page;
}

const pages = [];

/** Calls the control API, of a world if one is named. */
async function control(method, path, body, world = '') {
  const response = await fetch(`${base}${world}/_certmimic/${path}`, { method, body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return JSON.parse(text);
}

/** Asks a system as a client would. */
async function ask(method, path, { headers = {}, body } = {}) {
  const authorization = `Basic ${Buffer.from('sb-certmimic:certmimic-secret').toString('base64')}`;
  const response = await fetch(base + path, { method, body, headers: { Accept: 'application/json', Authorization: authorization, ...headers } });
  await response.arrayBuffer();
  return response.status;
}

try {
  await scenes[scene]({ base, browser, open, control, ask, images });
  const wrong = pages.flatMap((page) => page.wrong);
  if (wrong.length) throw new Error(wrong.join('\n'));
} finally {
  await browser.close();
}
