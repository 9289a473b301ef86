// SPDX-License-Identifier: Apache-2.0
// Users by the size, lag and age of their indexes, and what can be done with an index.
import { announce, html, useAnswer, useState, useWork } from './kit.js';
import { indexes, indexOf, users, workOnIndex } from './server.js';
import { Careful, Choice, Facts, Heading, Note, Problem, State, Table, Text } from './parts.js';
import { ago, count, number, octets, time } from './format.js';

const MEASURED_AT_ONCE = 25;

/** All users, with or without an index, and indexes that belong to nobody. */
async function everybody(signal) {
  const [known, stored] = await Promise.all([
    // James can run without this route
    users(signal).catch((error) => {
      if (signal.aborted || error.status === 401) {
        throw error;
      }
      return [];
    }),
    indexes(signal),
  ]);
  const rows = stored.indexes.map((index) => ({ ...index, name: index.user ?? index.directory }));
  const indexed = new Set(rows.map((row) => row.name));
  for (const { username } of known) {
    if (!indexed.has(username)) {
      rows.push({ name: username, user: username, octets: 0, missing: true });
    }
  }
  return { rows, octets: stored.octets, orphans: stored.orphans };
}

const lagOf = (state) => state.mailboxes.reduce((sum, mailbox) => sum + behind(mailbox), 0);

/** How many messages and changes an index has still to see. */
const behind = ({ lag }) => lag.messages + lag.changes;

function Condition({ row, state }) {
  if (row.orphan) {
    return html`<${State} kind="warn">belongs to nobody<//>`;
  }
  if (row.missing) {
    return html`<${State} kind="calm">not indexed yet<//>`;
  }
  if (!state) {
    return html`<span class="faint">not measured</span>`;
  }
  if (state.problem) {
    return html`<${State} kind="bad">${state.problem}<//>`;
  }
  if (state.lastError) {
    return html`<${State} kind="bad">${state.lastError}<//>`;
  }
  return lagOf(state) > 0 ? html`<${State} kind="warn">catches up at the next search<//>` : html`<${State} kind="good">up to date<//>`;
}

function List() {
  const { answer, error, again } = useAnswer(everybody);
  const [filter, setFilter] = useState('');
  const [measured, setMeasured] = useState({});
  const { run, busy } = useWork();
  if (!answer) {
    return html`<${Problem} error=${error} />${!error && html`<p class="faint">Looking at the indexes …</p>`}`;
  }
  const wanted = filter.trim().toLowerCase();
  const rows = answer.rows.filter((row) => row.name.toLowerCase().includes(wanted));
  const next = rows.filter((row) => !row.missing && !row.orphan && !measured[row.name]).slice(0, MEASURED_AT_ONCE);

  /** One after the other: each opens an index. */
  const measure = () => run(async () => {
    for (const row of next) {
      const state = await indexOf(row.name).catch((problem) => ({ problem: problem.message }));
      setMeasured((before) => ({ ...before, [row.name]: state }));
    }
    announce(`${next.length} indexes measured`);
  });

  const lag = (row) => (measured[row.name]?.mailboxes ? lagOf(measured[row.name]) : undefined);
  return html`
    <${Problem} error=${error} />
    <p>${count(answer.rows.length, 'user')}, ${octets(answer.octets)} of indexes on disk${answer.orphans > 0
      && html`, ${count(answer.orphans, 'index', 'indexes')} of nobody (<a href="#/tasks">sweep</a> deletes them)`}.</p>
    <div class="bar">
      <${Text} label="Find a user" value=${filter} onText=${setFilter} type="search" />
      <button type="button" class="plain" disabled=${busy || next.length === 0} onClick=${measure}>
        ${busy ? 'Measuring …' : `Measure the lag of ${count(next.length, 'index', 'indexes')}`}</button>
      <button type="button" class="plain" onClick=${again}>Refresh</button>
    </div>
    <${Table} caption="Users and their indexes" rows=${rows} rowKey=${(row) => row.directory ?? row.name} first=${1} descending
      empty="No user has this in the name." columns=${[
    { title: 'User', by: (row) => row.name, cell: (row) => (row.orphan ? row.name
      : html`<a href=${`#/users/${encodeURIComponent(row.name)}`}>${row.name}</a>`) },
    { title: 'Size', numeric: true, by: (row) => row.octets, cell: (row) => (row.missing ? '–' : octets(row.octets)) },
    { title: 'Written', by: (row) => row.written ?? '', cell: (row) => html`<span title=${time(row.written)}>${ago(row.written)}</span>` },
    { title: 'Lag', numeric: true, by: (row) => lag(row) ?? -1, cell: (row) => number(lag(row)) },
    { title: 'State', cell: (row) => html`<${Condition} row=${row} state=${measured[row.name]} />` },
  ]} />`;
}

function Work({ user, mailboxes }) {
  const [mailbox, setMailbox] = useState('');
  const [speed, setSpeed] = useState('');
  const { run, busy, error, answer } = useWork();
  const start = (action) => run(async () => {
    const begun = await workOnIndex(user, action, {
      messagesPerSecond: speed, mailbox: ['verify', 'rebuild'].includes(action) ? mailbox : undefined,
    });
    announce(`The task ${action} has begun`);
    return { action, ...begun };
  });
  return html`<section aria-labelledby="work"><h2 id="work">Work on this index</h2>
    <div class="bar">
      <${Choice} label="Mailbox, for verify and rebuild" value=${mailbox} onChoice=${setMailbox}
        options=${[['', 'all mailboxes'], ...mailboxes.map((each) => [each.mailboxId, each.name])]} />
      <${Text} label="Messages a second at most" value=${speed} onText=${setSpeed} inputmode="numeric" pattern="[0-9]*" placeholder="no limit" />
    </div>
    <p class="buttons">
      <button type="button" disabled=${busy} onClick=${() => start('verify')}>Verify</button>
      <button type="button" class="plain" disabled=${busy} onClick=${() => start('optimize')}>Optimize</button>
      <${Careful} text="Rebuild" busy=${busy} kind="plain" question=${`Read and index all messages of ${user} again?`}
        detail="Searches go on meanwhile." onYes=${() => start('rebuild')} />
      <${Careful} text="Delete" busy=${busy} question=${`Delete the index of ${user}?`}
        detail="No mail is lost. The next search of each mailbox indexes it again, which takes a while." onYes=${() => start('delete')} />
    </p>
    <p class="faint"><em>Verify</em> compares answers with the mail itself and changes nothing. <em>Optimize</em> takes the words of
      expunged messages from the disk.</p>
    <${Problem} error=${error} />
    ${answer && html`<${Note} kind="good">The task ${answer.action} has begun: <a href=${`#/tasks/${answer.taskId}`}>see how it goes</a>.<//>`}
  </section>`;
}

function One({ user }) {
  const { answer, error, again } = useAnswer((signal) => indexOf(user, signal), [user]);
  if (!answer) {
    return html`<${Problem} error=${error} />${!error && html`<p class="faint">Opening the index …</p>`}`;
  }
  const { figures } = answer;
  return html`
    <${Problem} error=${error} />
    ${answer.lastError && html`<${Note} kind="bad"><strong>The index cannot be used:</strong> ${answer.lastError}<//>`}
    ${figures ? html`<${Facts} facts=${[
    ['Messages', number(figures.messages)], ['Expunged, still in files', number(figures.expunged)], ['Words', number(figures.words)],
    ['Segments', number(figures.segments)], ['Size', octets(figures.octets)], ['Directory', html`<code>${answer.directory}</code>`],
  ]} />` : html`<${Note}>There is no index yet. The first search makes it.<//>`}
    ${answer.forgotten.length > 0 && html`<p>Of ${count(answer.forgotten.length, 'mailbox', 'mailboxes')} that is gone, something is still
      indexed; <em>optimize</em> takes it from the disk.</p>`}
    <section aria-labelledby="mailboxes"><h2 id="mailboxes">Mailboxes</h2>
      <${Table} caption=${`Mailboxes of ${user}`} rows=${answer.mailboxes} rowKey=${(row) => row.mailboxId} empty="There are no mailboxes."
        columns=${[
    { title: 'Mailbox', by: (row) => row.name, cell: (row) => row.name },
    { title: 'Messages', numeric: true, by: (row) => row.storedMessages, cell: (row) => number(row.storedMessages) },
    { title: 'Indexed', numeric: true, by: (row) => row.indexedMessages, cell: (row) => number(row.indexedMessages) },
    { title: 'Lag', numeric: true, by: behind, cell: (row) => number(behind(row)) },
    { title: 'State', cell: (row) => (row.indexed ? behind(row) > 0 ? html`<${State} kind="warn">catches up at the next search<//>`
      : html`<${State} kind="good">up to date<//>` : html`<${State} kind="calm">not indexed yet<//>`) },
    { title: 'Incomplete', cell: (row) => (row.incomplete.count === 0 ? '0' : html`<details><summary>${number(row.incomplete.count)}</summary>
      <ul>${row.incomplete.first.map((each) => html`<li key=${each.uid}>uid ${each.uid}: ${each.reasons.join(', ')}</li>`)}</ul></details>`) },
  ]} />
      <p class="faint">Incomplete: not all text of the message is indexed. Searches that depend on the rest read the message.</p>
    </section>
    <${Work} user=${user} mailboxes=${answer.mailboxes} />
    <p class="buttons"><button type="button" class="plain" onClick=${again}>Refresh</button>
      <a class="button plain" href="#/mail">Search this user's mail</a></p>`;
}

export function Users({ word }) {
  return word
    ? html`<${Heading}>${word}<//><p><a href="#/users">All users</a></p><${One} user=${word} />`
    : html`<${Heading}>Users<//><${List} />`;
}
