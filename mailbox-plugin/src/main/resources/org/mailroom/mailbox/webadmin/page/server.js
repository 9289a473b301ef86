// SPDX-License-Identifier: Apache-2.0
// All that is said to James's webadmin. The token goes into a header, never into an address.
const ROOT = new URL('../', document.baseURI);
const KEPT = 'mailroom-token';

let token = sessionStorage.getItem(KEPT) ?? '';
let onRefused = () => {};

/** What the server refuses, with its reason. */
export class Refused extends Error {
  constructor(status, message, details) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

export function whenNotAllowed(listener) {
  onRefused = listener;
}

export function hasToken() {
  return token !== '';
}

/** `keep`: also after a reload of this tab, until it is closed. */
export function signIn(value, keep) {
  token = value.trim();
  if (keep) {
    sessionStorage.setItem(KEPT, token);
  } else {
    sessionStorage.removeItem(KEPT);
  }
}

export function signOut() {
  token = '';
  sessionStorage.removeItem(KEPT);
}

/** James takes a JSON web token, or from 3.9 on a password; either in a header of its own. */
function authentication() {
  if (token === '') {
    return {};
  }
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) ? { Authorization: `Bearer ${token}` } : { Password: token };
}

async function send(method, path, { query = {}, json, xml, signal, headers = {}, allowed = [] } = {}) {
  const address = new URL(path, ROOT);
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) {
      if (each !== undefined && each !== '') {
        address.searchParams.append(name, each);
      }
    }
  }
  const body = json !== undefined ? JSON.stringify(json) : xml;
  const type = json !== undefined ? { 'Content-Type': 'application/json' }
    : xml !== undefined ? { 'Content-Type': 'application/xml' } : {};
  let response;
  try {
    response = await fetch(address, {
      method, body, signal, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer',
      headers: { ...type, ...authentication(), ...headers },
    });
  } catch (error) {
    throw signal?.aborted ? error : new Refused(0, 'The server does not answer. Is James running, and can you reach it?');
  }
  if (response.status === 401) {
    onRefused();
    throw new Refused(401, token === '' ? 'The server wants a token.' : 'The server does not accept this token.');
  }
  if (!response.ok && !allowed.includes(response.status)) {
    throw await refused(response);
  }
  return response;
}

async function refused(response) {
  const text = await response.text();
  try {
    const said = JSON.parse(text);
    if (response.status === 404 && / can not be found$/.test(said.message)) {
      return new Refused(404, `${said.message}. Does extensions.routes in conf/webadmin.properties name that part of Mailroom?`);
    }
    return new Refused(response.status, said.message ?? text, said.details ?? undefined);
  } catch {
    return new Refused(response.status, text || `The server answers ${response.status}.`);
  }
}

export async function ask(method, path, options) {
  const response = await send(method, path, options);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

export async function askText(path, options) {
  return (await send('GET', path, options)).text();
}

const part = encodeURIComponent;

export const health = (signal) => ask('GET', 'healthcheck', { signal, allowed: [503] });
export const metrics = (signal) => askText('metrics', { signal });

export const searches = (signal) => ask('GET', 'mailroom/searches', { signal });
export const cancelSearch = (id) => ask('DELETE', `mailroom/searches/${part(id)}`, { allowed: [404] });

export const users = (signal) => ask('GET', 'users', { signal });
export const mailboxes = (user, signal) => ask('GET', `users/${part(user)}/mailboxes`, { signal });
export const indexes = (signal) => ask('GET', 'mailroom/indexes', { signal });
export const indexOf = (user, signal) => ask('GET', `mailroom/indexes/${part(user)}`, { signal });

/** `options`: user (several), mailbox, from, messagesPerSecond, strings. */
export const workOnIndexes = (action, options) => ask('POST', 'mailroom/indexes', { query: { action, ...options } });
export const workOnIndex = (user, action, options = {}) =>
  ask('POST', `mailroom/indexes/${part(user)}`, { query: { action, ...options } });

export const tasks = (signal) => ask('GET', 'tasks', { signal });
export const task = (id, signal) => ask('GET', `tasks/${part(id)}`, { signal });
export const cancelTask = (id) => ask('DELETE', `tasks/${part(id)}`);

export const searchMail = (asked) => ask('POST', 'mailroom/search', { json: asked });
export const explain = (asked) => ask('POST', 'mailroom/explain', { json: asked });

export const rules = (signal) => ask('GET', 'folderRules', { signal });
/**
 * The text of the rules in force and its version, which a change has to name. Nothing where this Mailroom changes no rules over
 * HTTP: it answers JSON then.
 */
export async function rulesText(signal) {
  const response = await send('GET', 'folderRules', { signal, headers: { Accept: 'application/xml' } });
  return response.headers.get('Content-Type')?.startsWith('application/xml')
    ? { text: await response.text(), version: response.headers.get('ETag') } : undefined;
}

export const putRules = (xml, version, comment) =>
  ask('PUT', 'folderRules', { xml, query: { comment }, headers: { 'If-Match': version } });
export const rulesHistory = (signal) => ask('GET', 'folderRules/history', { signal });
export const restoreRules = (id, version, comment) =>
  ask('POST', `folderRules/history/${part(id)}`, { query: { action: 'restore', comment }, headers: { 'If-Match': version } });
export const reloadRules = () => ask('POST', 'folderRules', { query: { action: 'reload' } });

/** `xml`: the rules to check; those in force where it is left out. */
export const checkRules = (xml, days, user) => ask('POST', 'folderRules/check', { query: { days, user }, xml });

export const plans = (signal) => ask('GET', 'folderRules/plans', { signal });
export const plan = (id, signal) => ask('GET', `folderRules/plans/${part(id)}`, { signal });
export const makePlan = (asked) => ask('POST', 'folderRules/plans', { json: asked });
export const applyPlan = (id) => ask('POST', `folderRules/plans/${part(id)}`, { query: { action: 'apply' } });
export const runs = (signal) => ask('GET', 'folderRules/runs', { signal });
export const run = (id, signal) => ask('GET', `folderRules/runs/${part(id)}`, { signal });
export const undoRun = (id) => ask('POST', `folderRules/runs/${part(id)}`, { query: { action: 'undo' } });
export const why = (asked) => ask('GET', 'folderRules/why', { query: asked });
