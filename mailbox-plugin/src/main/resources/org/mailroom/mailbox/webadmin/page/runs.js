// SPDX-License-Identifier: Apache-2.0
// Rules on stored mail: plan, apply, follow, undo.
import { announce, html, useAnswer, useEffect, useState, useWork } from './kit.js';
import { applyPlan, makePlan, plan, plans, rules, run as findRun, runs, undoRun } from './server.js';
import { Careful, Choice, Facts, Form, Heading, Note, Problem, Progress, State, Table, Text, Tick } from './parts.js';
import { count, number, time } from './format.js';

const STATES = { COMPLETED: 'good', RUNNING: 'calm', INTERRUPTED: 'warn', STOPPED: 'warn', CANCELLED: 'warn', FAILED: 'bad' };
const COUNTS = {
  planned: 'planned', changed: 'changed', alreadyApplied: 'were so already', modifiedSincePlan: 'left alone: changed since',
  gone: 'gone', refused: 'refused', expunged: 'expunged, do not come back', failed: 'failed',
};
const done = (counts) => Object.entries(counts).filter(([name]) => name !== 'planned').reduce((sum, [, messages]) => sum + messages, 0);

function RunState({ run }) {
  const { planned = 0 } = run.counts;
  return html`<${State} kind=${STATES[run.state] ?? 'calm'}>${run.state.toLowerCase()}<//>
    ${run.state === 'RUNNING' && planned > 0 && html` <${Progress} label=${`Progress of run ${run.id}`} share=${done(run.counts) / planned} />`}`;
}

const kindOf = (run) => (run.kind === 'UNDO' ? 'undo' : run.of === 'events' ? 'rules by themselves' : 'plan applied');

/** Under which names a plan's rule summaries are listed by folder: a folder of a user with its first messages. */
function FirstMessages({ rule }) {
  return html`<${Table} caption=${`First messages of ${rule.rule}`} rows=${rule.first} empty="None." columns=${[
    { title: 'User', cell: (row) => row.user }, { title: 'Mailbox', by: (row) => row.mailbox, cell: (row) => row.mailbox },
    { title: 'Uid', numeric: true, cell: (row) => row.uid }, { title: 'Date', cell: (row) => row.date },
    { title: 'From', cell: (row) => row.from }, { title: 'Subject', cell: (row) => row.subject },
  ]} />`;
}

function PlannedRule({ rule }) {
  const [open, setOpen] = useState(false);
  return html`<article class="card">
    <h3>${rule.rule} <small class="faint">version ${rule.version}</small></h3>
    <p>${count(rule.messages, 'message')}${rule.places.length > 0 && ':'}</p>
    <ul>${rule.places.map((place) => html`<li key=${`${place.user} ${place.mailbox}`}>${number(place.messages)} in ${place.mailbox} of ${place.user}</li>`)}</ul>
    ${rule.first.length > 0 && html`<button type="button" class="plain small" aria-expanded=${open} onClick=${() => setOpen(!open)}>
      ${open ? 'Hide' : 'Show'} From and Subject of the first messages</button>`}
    ${open && html`<${FirstMessages} rule=${rule} />`}
  </article>`;
}

/** A plan, which is the dry run; and to apply it. */
export function Plan({ word }) {
  const { answer, error } = useAnswer((signal) => plan(word, signal), [word]);
  const { run, busy, error: notApplied, answer: applied } = useWork();
  const apply = () => run(async () => {
    const begun = await applyPlan(word);
    announce('The run has begun');
    location.hash = `#/runs/${encodeURIComponent(begun.run)}`;
    return begun;
  });
  if (!answer) {
    return html`<${Heading}>Plan<//><${Problem} error=${error} />`;
  }
  return html`<${Heading}>Plan<//>
    <p><a href="#/runs">All plans and runs</a></p>
    <${Facts} facts=${[['Id', html`<code>${answer.id}</code>`], ['Made', time(answer.created)], ['For rules on', answer.trigger],
    ['Would change', count(answer.messages, 'message')]]} />
    ${answer.rules.map((rule) => html`<${PlannedRule} rule=${rule} key=${rule.rule} />`)}
    ${answer.refusals.length > 0 && html`<section aria-labelledby="refusals"><h2 id="refusals">What would not be done</h2>
      <${Table} caption="Refusals" rows=${answer.refusals} columns=${[
    { title: 'Rules', cell: (row) => row.rules.join(', ') }, { title: 'User', cell: (row) => row.user },
    { title: 'Mailbox', cell: (row) => row.mailbox }, { title: 'Messages', numeric: true, cell: (row) => number(row.messages) },
    { title: 'Reason', cell: (row) => row.reason }]} /></section>`}
    <${Problem} error=${notApplied} />
    <p class="buttons">${answer.messages > 0 && !applied && html`<${Careful} text="Apply" busy=${busy} question=${`Change ${count(answer.messages, 'message')}?`}
      detail="The run can be undone. Messages that changed since the plan was made stay as they are." onYes=${apply} />`}</p>`;
}

function Make({ rule }) {
  const { answer, error } = useAnswer(rules);
  const [trigger, setTrigger] = useState('demand');
  const [chosen, setChosen] = useState(rule ? [rule] : []);
  const [users, setUsers] = useState('');
  const { run, busy, error: notMade } = useWork();
  const possible = (answer ?? []).filter((each) => each.on.includes(trigger));
  const make = () => run(async () => {
    const made = await makePlan({
      trigger, rules: chosen.filter((name) => possible.some((each) => each.name === name)),
      users: users.split(/[\s,]+/).filter((each) => each !== ''),
    });
    announce('The plan is made');
    location.hash = `#/plans/${encodeURIComponent(made.id)}`;
  });
  return html`<${Form} label="Make a plan" onSend=${make}>
    <${Problem} error=${error} />
    <div class="grid">
      <${Choice} label="Rules on" value=${trigger} onChoice=${setTrigger}
        options=${['demand', 'delivery', 'append', 'move', 'flag', 'schedule'].map((each) => [each, each])} />
      <${Text} label="Users" hint="separated by blanks; everybody where empty" value=${users} onText=${setUsers} />
    </div>
    <fieldset><legend>Rules (all where none is chosen)</legend>
      ${possible.map((each) => html`<${Tick} key=${each.name} label=${each.name} value=${chosen.includes(each.name)}
        onTick=${(on) => setChosen(on ? [...chosen, each.name] : chosen.filter((name) => name !== each.name))} />`)}
      ${possible.length === 0 && html`<p class="faint">No rule is on ${trigger}.</p>`}
    </fieldset>
    <${Problem} error=${notMade} />
    <p class="buttons"><button type="submit" disabled=${busy || possible.length === 0}>${busy ? 'Planning …' : 'Make a plan'}</button></p>
    <p class="faint">A plan changes nothing: it shows what would change.</p>
  <//>`;
}

function List({ rule }) {
  const known = useAnswer(runs, [], 5000);
  const made = useAnswer(plans, [], 15_000);
  return html`
    <section aria-labelledby="make"><h2 id="make">Make a plan</h2><${Make} rule=${rule} /></section>
    <section aria-labelledby="runs"><h2 id="runs">Runs</h2>
      <${Problem} error=${known.error} />
      <${Table} caption="Runs, the newest first" rows=${known.error && !known.answer ? [] : known.answer} rowKey=${(row) => row.id} empty="There are no runs." columns=${[
    { title: 'Run', cell: (row) => html`<a href=${`#/runs/${encodeURIComponent(row.id)}`}>${row.id}</a>` },
    { title: 'What', cell: kindOf },
    { title: 'State', cell: (row) => html`<${RunState} run=${row} />` },
    { title: 'Started', by: (row) => row.started, cell: (row) => time(row.started) },
    { title: 'Rules', cell: (row) => Object.keys(row.rules).join(', ') },
    { title: 'Changed', numeric: true, cell: (row) => number(row.counts.changed ?? 0) },
  ]} />
    </section>
    <section aria-labelledby="plans"><h2 id="plans">Plans</h2>
      <${Problem} error=${made.error} />
      ${made.answer?.length === 0 && html`<p class="faint">There are no plans.</p>`}
      <ul>${(made.answer ?? []).slice(0, 50).map((id) => html`<li key=${id}><a href=${`#/plans/${encodeURIComponent(id)}`}>${id}</a></li>`)}</ul>
    </section>`;
}

function One({ id }) {
  const [every, setEvery] = useState(1000);
  const { answer, error, again } = useAnswer((signal) => findRun(id, signal), [id, every], every);
  const { run, busy, error: notUndone } = useWork();
  const running = answer?.state === 'RUNNING';
  useEffect(() => {
    if (answer) {
      setEvery(running ? 1000 : 10_000);
    }
  }, [running]);
  const undo = () => run(async () => {
    const begun = await undoRun(id);
    announce('The undo has begun');
    location.hash = `#/runs/${encodeURIComponent(begun.run)}`;
  });
  if (!answer) {
    return html`<${Problem} error=${error} />`;
  }
  return html`<${Problem} error=${error} />
    <p class="verdict"><${RunState} run=${answer} /></p>
    <${Facts} facts=${[['What', kindOf(answer)], ['Of', answer.kind === 'APPLY' && answer.of !== 'events'
    ? html`<a href=${`#/plans/${encodeURIComponent(answer.of)}`}>plan ${answer.of}</a>` : answer.of],
    ['Rules', Object.keys(answer.rules).join(', ')], ['Started', time(answer.started)], ['Ended', time(answer.ended)], ['Reason', answer.reason]]} />
    <h2>Messages</h2>
    <${Facts} facts=${Object.entries(answer.counts).filter(([, messages]) => messages > 0).map(([name, messages]) => [COUNTS[name] ?? name, number(messages)])} />
    ${answer.problems.map((text) => html`<${Note} kind="warn" key=${text}>${text}<//>`)}
    <${Problem} error=${notUndone} />
    <p class="buttons">${answer.ended && html`<${Careful} text="Undo this run" busy=${busy} question="Put back what this run changed?"
      detail="Messages that somebody touched since stay as they are, and are counted." onYes=${undo} />`}
      <button type="button" class="plain" onClick=${again}>Refresh</button></p>`;
}

/** `word`: the id of a run, or `new RULE` to begin a plan of it. */
export function Runs({ word }) {
  const rule = /^new (.*)$/.exec(word ?? '')?.[1];
  return word && !rule
    ? html`<${Heading}>Run ${word}<//><p><a href="#/runs">All plans and runs</a></p><${One} id=${word} />`
    : html`<${Heading}>Plans and runs<//><${List} rule=${rule} />`;
}
