// SPDX-License-Identifier: Apache-2.0
// Folder rules: those in force, and an editor that checks rules before they are.
import { announce, html, useAnswer, useState, useWork } from './kit.js';
import { checkRules, putRules, reloadRules, restoreRules, rules, rulesHistory, rulesText } from './server.js';
import { Careful, Heading, Note, Problem, State, Table, Text } from './parts.js';
import { Editor } from './editor.js';
import { count, number, time } from './format.js';

function InForce() {
  const { answer, error, again } = useAnswer(rules);
  const { run, busy, error: notReloaded } = useWork();
  const reload = () => run(async () => {
    const read = await reloadRules();
    announce(`${count(read.length, 'rule')} in force`);
    again();
  });
  return html`<section aria-labelledby="force"><h2 id="force">In force</h2>
    <${Problem} error=${error} />
    <${Table} caption="Rules in force, in their order" rows=${error && !answer ? [] : answer} rowKey=${(row) => row.name} empty="There are no rules." columns=${[
    { title: 'Rule', cell: (row) => html`<strong>${row.name}</strong> <small class="faint">version ${row.version}</small>
      ${row.state && row.state !== 'active' && html` <${State} kind="warn">${row.state}<//>`}` },
    { title: 'On', cell: (row) => row.on.join(', ') + (row.schedule ? ` (${row.schedule})` : '') },
    { title: 'Users', cell: (row) => row.users },
    { title: 'Folders', cell: (row) => row.folders },
    { title: 'When', cell: (row) => html`<code>${row.when}</code>` },
    { title: 'Actions', cell: (row) => html`<ol class="plain-list">${row.actions.map((action) => html`<li key=${action}><code>${action}</code></li>`)}</ol>` },
    { title: '', cell: (row) => row.on.includes('demand') && html`<a class="button plain small"
      href=${`#/runs/${encodeURIComponent(`new ${row.name}`)}`}>Plan<span class="unseen"> ${row.name}</span></a>` },
  ]} />
    <${Problem} error=${notReloaded} />
    <p class="buttons"><${Careful} text="Read folder-rules.xml again" kind="plain" busy=${busy} question="Put folder-rules.xml in force as it is on the server now?"
      detail="Where anything is wrong with it, the rules stay as they are." onYes=${reload} /></p>
  </section>`;
}

function Places({ places }) {
  return html`<ul class="plain-list">${places.map((place) => html`<li key=${`${place.user} ${place.mailbox}`}>
    ${number(place.messages)} in ${place.mailbox} of ${place.user}</li>`)}</ul>`;
}

function Report({ report }) {
  const warnings = [
    ...report.neverMatch.map((rule) => `${rule} matches nothing.`),
    ...report.shadowed.map((each) => `${each.rule} never acts: ${each.by.join(', ')} stops all that it matches.`),
    ...report.missingTargets.map((each) => `${each.rule} files into ${each.folder}, which ${count(each.users.length, 'user')} lacks: ${each.users.join(', ')}.`),
  ];
  return html`<section aria-labelledby="report"><h2 id="report">The rules are right</h2>
    <p>Replayed over the mail since ${report.since} of ${count(report.users.length, 'user')}. Nothing was changed.</p>
    ${warnings.map((text) => html`<${Note} kind="warn" key=${text}>${text}<//>`)}
    <${Table} caption="What the rules match" rows=${report.rules} rowKey=${(row) => row.name} empty="There are no rules." columns=${[
    { title: 'Rule', cell: (row) => row.name },
    { title: 'On', cell: (row) => row.on.join(', ') },
    { title: 'Matches', numeric: true, cell: (row) => number(row.matches) },
    { title: 'Acts on', numeric: true, cell: (row) => number(row.acts) },
    { title: 'Stopped by', cell: (row) => Object.entries(row.stoppedBy).map(([rule, messages]) => `${rule} (${number(messages)})`).join(', ') },
    { title: 'Where they are', cell: (row) => html`<${Places} places=${row.places} />` },
  ]} />
  </section>`;
}

const SAMPLE = `<folder-rules>
  <rule name="Invoices" on="delivery demand">
    <when>OR SUBJECT invoice BODY "amount due"</when>
    <actions>
      <fileInto create="true">Money/Invoices</fileInto>
    </actions>
  </rule>
</folder-rules>
`;

/** The text, and the version of the rules it was made from, survive a visit to another view. */
let draft = SAMPLE;
let base;

function Check({ inForce, onChanged }) {
  const [text, setText] = useState(draft);
  const [comment, setComment] = useState('');
  const [days, setDays] = useState('30');
  const [user, setUser] = useState('');
  const { run, busy, error, answer, clear } = useWork();
  const change = (value) => {
    draft = value;
    setText(value);
  };
  const check = (xml) => run(async () => {
    const report = await checkRules(xml, days, user.split(/[\s,]+/).filter((each) => each !== ''));
    announce('The rules are right');
    return report;
  });
  const open = () => {
    base = inForce.version;
    change(inForce.text);
    clear();
  };
  const put = () => run(async () => {
    await putRules(text, base ?? inForce.version, comment);
    announce('The rules are in force');
    base = undefined;
    onChanged();
  });
  return html`<section aria-labelledby="edit"><h2 id="edit">Write and check</h2>
    <p>Write rules here, or open ${inForce ? 'those in force' : html`a copy of <code>folder-rules.xml</code>`}. A check replays them over stored
      mail and changes nothing.</p>
    ${inForce && html`<p class="buttons"><button type="button" class="plain" onClick=${open}>Open the rules in force</button></p>`}
    <${Editor} text=${text} onText=${(value) => {
    change(value);
    if (error) {
      clear();
    }
  }} error=${error} name="folder-rules.xml" />
    <div class="bar">
      <${Text} label="Mail of the last days" value=${days} onText=${setDays} inputmode="numeric" pattern="[0-9]+" />
      <${Text} label="Users" hint="separated by blanks; everybody where empty" value=${user} onText=${setUser} />
    </div>
    <p class="buttons">
      <button type="button" disabled=${busy} onClick=${() => check(text)}>${busy ? 'Checking …' : 'Check this text'}</button>
      <button type="button" class="plain" disabled=${busy} onClick=${() => check(undefined)}>Check the rules in force</button>
    </p>
    ${answer && html`<${Report} report=${answer} />`}
    ${inForce ? html`<div class="bar"><${Text} label="Comment for the history" value=${comment} onText=${setComment} />
      <${Careful} text="Put this text in force" busy=${busy} question="Replace all rules in force by this text?"
        detail="Where anything is wrong with it, or somebody else changed the rules since you opened them, they stay as they are." onYes=${put} /></div>`
    : html`<p class="faint">To put a checked text in force, save it as <code>conf/folder-rules.xml</code> on the server and let James read it again.</p>`}
  </section>`;
}

const changed = ({ added, removed, changed: other, order }) => [
  added.length > 0 && `added ${added.join(', ')}`, removed.length > 0 && `removed ${removed.join(', ')}`,
  other.length > 0 && `changed ${other.join(', ')}`, order && 'another order',
].filter(Boolean).join('; ');

/** The versions that the rules had, and to go back to one. */
function History({ inForce, onChanged }) {
  const { answer, error } = useAnswer(rulesHistory, [inForce.version]);
  const { run, busy, error: notRestored } = useWork();
  // it is in force
  const newest = Math.max(...(answer ?? []).map((version) => version.id));
  const restore = (version) => run(async () => {
    await restoreRules(version.id, inForce.version, `back to version ${version.id}`);
    announce(`Version ${version.id} is in force`);
    onChanged();
  });
  return html`<section aria-labelledby="history"><h2 id="history">History</h2>
    <${Problem} error=${error ?? notRestored} />
    <${Table} caption="Versions of the rules" rows=${error && !answer ? [] : answer} rowKey=${(row) => row.id} first=${0} descending columns=${[
    { title: 'Version', numeric: true, by: (row) => row.id, cell: (row) => row.id },
    { title: 'Since', cell: (row) => time(row.time) },
    { title: 'Who', cell: (row) => row.who },
    { title: 'What', cell: (row) => `${row.action}${changed(row.changes) ? `: ${changed(row.changes)}` : ''}` },
    { title: 'Comment', cell: (row) => row.comment },
    { title: '', cell: (row) => row.id !== newest && html`<${Careful} text="Go back" kind="plain small" busy=${busy}
      question=${`Put version ${row.id} in force again?`} onYes=${() => restore(row)} />` },
  ]} />
  </section>`;
}

export function Rules() {
  const [turn, setTurn] = useState(0);
  const changedNow = () => setTurn(turn + 1);
  const { answer: inForce, busy } = useAnswer(rulesText, [turn]);
  return html`<${Heading}>Folder rules<//><${InForce} key=${turn} />
    ${(inForce || !busy) && html`<${Check} inForce=${inForce} onChanged=${changedNow} />`}
    ${inForce && html`<${History} inForce=${inForce} onChanged=${changedNow} />`}`;
}
