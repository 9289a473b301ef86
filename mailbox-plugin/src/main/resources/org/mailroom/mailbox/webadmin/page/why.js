// SPDX-License-Identifier: Apache-2.0
// Why a message is in the folder where it is: what rules did to it.
import { announce, html, useEffect, useState, useWork } from './kit.js';
import { why } from './server.js';
import { Form, Heading, Note, Problem, Table, Text, UserNames } from './parts.js';
import { useTyped, useUserNames } from './mail.js';
import { count, time } from './format.js';

const OCCASIONS = { APPLY: 'a run', UNDO: 'an undone run' };

export function Rule({ rules }) {
  return Object.entries(rules).map(([name, version]) => html`<span key=${name}>${name} <small class="faint">version ${version}</small> </span>`);
}

function Lines({ lines }) {
  if (lines.length === 0) {
    return html`<${Note}><strong>No rule did anything to this message.</strong> It is where its sender, its user or a mail client put it, or what
      a rule did is older than the journal remembers (<code>journal-days</code>).<//>`;
  }
  return html`<${Table} caption="What rules did to the message" rows=${lines} columns=${[
    { title: 'When', by: (line) => line.time, cell: (line) => time(line.time) },
    { title: 'Rule', cell: (line) => html`<${Rule} rules=${line.rules} />` },
    { title: 'Action', cell: (line) => html`<code>${line.action}</code>` },
    { title: 'From', cell: (line) => `${line.mailbox}${line.uid > 0 ? `, uid ${line.uid}` : ''}` },
    { title: 'To', cell: (line) => (line.newMailbox ? `${line.newMailbox}${line.newUid > 0 ? `, uid ${line.newUid}` : ''}` : 'stayed') },
    { title: 'Occasion', cell: (line) => (line.run ? html`${OCCASIONS[line.occasion] ?? line.occasion.toLowerCase()}:${' '}
      <a href=${`#/runs/${encodeURIComponent(line.run)}`}>${line.run}</a>` : line.occasion.toLowerCase()) },
  ]} />`;
}

/** `word`: user, uid and mailbox, separated by blanks, to begin with. */
export function Why({ word }) {
  const [form, set] = useTyped();
  const names = useUserNames();
  const [by, setBy] = useState({ mailbox: 'INBOX', uid: '', messageId: '' });
  const { run, busy, error, answer } = useWork();
  const ask = (user, asked) => run(async () => {
    const lines = await why(asked.messageId.trim() !== '' ? { messageId: asked.messageId.trim() }
      : { user: user.trim(), mailbox: asked.mailbox.trim(), uid: asked.uid.trim() });
    announce(count(lines.length, 'action'));
    return lines;
  });
  useEffect(() => {
    const given = /^(\S+) (\d+) (.+)$/.exec(word ?? '');
    if (given) {
      const asked = { mailbox: given[3], uid: given[2], messageId: '' };
      set({ user: given[1] });
      setBy(asked);
      ask(given[1], asked);
    }
  }, []);
  const change = (changes) => setBy({ ...by, ...changes });
  return html`<${Heading}>Why is this mail here?<//>
    <p>Rules note what they do to each message. Name the message by its place, or by its <code>Message-ID</code>.</p>
    <${Form} label="Why is this mail here?" onSend=${() => ask(form.user, by)}>
      <div class="grid">
        <${Text} label="User" value=${form.user} onText=${(user) => set({ user })} list="users" required=${by.messageId === ''} />
        <${UserNames} id="users" names=${names} />
        <${Text} label="Mailbox" value=${by.mailbox} onText=${(mailbox) => change({ mailbox })} />
        <${Text} label="Uid of the message" value=${by.uid} inputmode="numeric" pattern="[0-9]*" required=${by.messageId === ''}
          onText=${(uid) => change({ uid, messageId: '' })} />
        <${Text} label="or its Message-ID" value=${by.messageId} placeholder="<...@...>" onText=${(messageId) => change({ messageId })} />
      </div>
      <${Problem} error=${error} />
      <p class="buttons"><button type="submit" disabled=${busy}>Tell me why</button> <a href="#/mail">Find the message first</a></p>
    <//>
    ${answer && html`<section aria-labelledby="because"><h2 id="because">Because</h2><${Lines} lines=${answer} /></section>`}`;
}
