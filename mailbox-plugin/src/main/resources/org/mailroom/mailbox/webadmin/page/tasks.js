// SPDX-License-Identifier: Apache-2.0
// James's tasks, those on indexes and of rules among them: progress, cancel, and work on many indexes.
import { announce, html, useAnswer, useState, useWork } from './kit.js';
import { cancelTask, task, tasks, workOnIndexes } from './server.js';
import { Careful, Choice, Facts, Form, Heading, Note, Problem, Progress, State, Table, Text } from './parts.js';
import { count, figure, number, time } from './format.js';

const KINDS = { completed: 'good', inProgress: 'calm', waiting: 'calm', failed: 'bad', canceled: 'warn', canceledRequested: 'warn' };
const WORDS = { inProgress: 'running', canceled: 'cancelled', canceledRequested: 'being cancelled' };
export const isOpen = (row) => ['inProgress', 'waiting', 'canceledRequested'].includes(row.status);

const name = (row) => {
  const details = row.additionalInformation;
  return row.type === 'MailroomIndexes' ? `Indexes: ${details?.action ?? ''}`
    : row.type === 'FolderRulesRun' ? `Rules: ${(details?.kind ?? '').toLowerCase()} ${details?.run ?? ''}` : row.type;
};

/** From 0 to 1; undefined where the task does not say. */
function share(row) {
  const details = row.additionalInformation ?? {};
  if (row.status === 'completed') {
    return 1;
  }
  return details.progress ?? (details.users > 0 ? details.usersDone / details.users : undefined);
}

export function TaskState({ row }) {
  const done = share(row);
  return html`<${State} kind=${KINDS[row.status] ?? 'calm'}>${WORDS[row.status] ?? row.status}<//>
    ${row.status === 'inProgress' && done !== undefined && html` <${Progress} label=${`Progress of ${name(row)}`} share=${done} />`}`;
}

function Cancel({ row, onDone }) {
  const { run, busy, error } = useWork();
  return isOpen(row) && html`<${Careful} text="Cancel" busy=${busy} question=${`Cancel the task “${name(row)}”?`}
      detail="What it has done stays done." onYes=${() => run(async () => {
    await cancelTask(row.taskId);
    announce('The task is being cancelled');
    onDone();
  })} /><${Problem} error=${error} />`;
}

function Details({ row }) {
  const { timestamp, type, firstDifferences = [], firstFailures = [], ...rest } = row.additionalInformation ?? {};
  const plain = Object.entries(rest).filter(([, value]) => typeof value !== 'object' || value === null)
    .map(([key, value]) => [key, typeof value === 'number' ? figure(value) : value]);
  const counted = Object.entries(rest.messages && typeof rest.messages === 'object' ? rest.messages : {});
  return html`
    <${Facts} facts=${[['Submitted', time(row.submitDate)], ['Started', time(row.startedDate)], ['Completed', time(row.completedDate)],
    ['Failed', time(row.failedDate)], ['Cancelled', time(row.canceledDate)], ['Server', row.executedOn ?? row.submittedFrom],
    ...plain, ...counted.map(([key, value]) => [`Messages ${key}`, number(value)])]} />
    ${firstDifferences.length > 0 && html`<h2>Differences</h2>
      <${Note} kind="bad">A search answers otherwise than the mail says. This is a fault of Mailroom: please report it. <em>Rebuild</em> repairs the index.<//>
      <${Table} caption="Differences" rows=${firstDifferences} columns=${[
    { title: 'User', cell: (each) => each.user }, { title: 'Mailbox id', cell: (each) => each.mailboxId },
    { title: 'Uid', numeric: true, cell: (each) => each.uid }, { title: 'Search', cell: (each) => html`<code>${each.search}</code>` },
    { title: 'Wrong', cell: (each) => (each.found ? 'found, but should not be' : 'not found, but should be') },
  ]} />`}
    ${firstFailures.length > 0 && html`<h2>Failures</h2>
      <${Table} caption="Failures" rows=${firstFailures} columns=${[
    { title: 'User', cell: (each) => each.user }, { title: 'Reason', cell: (each) => each.reason }]} />`}`;
}

function One({ id }) {
  const { answer, error, again } = useAnswer((signal) => task(id, signal), [id], 1000);
  if (!answer) {
    return html`<${Problem} error=${error} />`;
  }
  return html`<${Problem} error=${error} />
    <p class="verdict"><${TaskState} row=${answer} /></p>
    <${Details} row=${answer} />
    <p class="buttons"><${Cancel} row=${answer} onDone=${again} /></p>`;
}

const ACTIONS = [
  ['verify', 'verify: compare answers with the mail'],
  ['optimize', 'optimize: take expunged words from the disk'],
  ['rebuild', 'rebuild: read and index all mail again'],
  ['sweep', 'sweep: delete indexes that belong to nobody'],
];

function Begin({ onBegun }) {
  const [action, setAction] = useState('verify');
  const [names, setNames] = useState('');
  const [speed, setSpeed] = useState('');
  const [from, setFrom] = useState('');
  const { run, busy, error, answer } = useWork();
  const user = names.split(/[\s,]+/).filter((each) => each !== '');
  const begin = () => run(async () => {
    const begun = await workOnIndexes(action, { user, messagesPerSecond: speed, from });
    announce(`The task ${action} has begun`);
    onBegun();
    return begun;
  });
  return html`<${Form} label="Work on indexes" onSend=${begin}>
    <div class="grid">
      <${Choice} label="Work" value=${action} options=${ACTIONS} onChoice=${setAction} />
      <${Text} label="Users" hint="separated by blanks; all where empty" value=${names} onText=${setNames} />
      <${Text} label="Messages a second at most" hint="no limit where empty" value=${speed} onText=${setSpeed} inputmode="numeric" pattern="[0-9]*" />
      <${Text} label="From user" hint="to resume behind the last user of a cancelled task" value=${from} onText=${setFrom} />
    </div>
    <${Problem} error=${error} />
    ${answer && html`<${Note} kind="good">The task has begun: <a href=${`#/tasks/${answer.taskId}`}>see how it goes</a>.<//>`}
    <p class="buttons"><button type="submit" disabled=${busy}>Begin for ${action === 'sweep' ? 'what is nobody’s'
      : user.length === 0 ? 'all users' : count(user.length, 'user')}</button></p>
  <//>`;
}

function List() {
  const { answer, error, again } = useAnswer(tasks, [], 2000);
  return html`
    <${Problem} error=${error} />
    <${Table} caption="Tasks of James" rows=${error && !answer ? [] : answer} rowKey=${(row) => row.taskId} first=${2} descending
      empty="James has had no task since it started." columns=${[
    { title: 'Task', cell: (row) => html`<a href=${`#/tasks/${row.taskId}`}>${name(row)}</a>` },
    { title: 'State', cell: (row) => html`<${TaskState} row=${row} />` },
    { title: 'Submitted', by: (row) => row.submitDate, cell: (row) => time(row.submitDate) },
    { title: 'Found', cell: (row) => {
      const { differences, failures } = row.additionalInformation ?? {};
      return [differences > 0 && count(differences, 'difference'), failures > 0 && count(failures, 'failure')].filter(Boolean).join(', ');
    } },
    { title: '', cell: (row) => html`<${Cancel} row=${row} onDone=${again} />` },
  ]} />
    <p class="faint">James runs one task at a time: a slow one keeps others waiting.</p>
    <section aria-labelledby="begin"><h2 id="begin">Work on many indexes</h2><${Begin} onBegun=${again} /></section>`;
}

export function Tasks({ word }) {
  return word
    ? html`<${Heading}>Task<//><p><a href="#/tasks">All tasks</a></p><${One} id=${word} />`
    : html`<${Heading}>Tasks<//><${List} />`;
}
