// SPDX-License-Identifier: Apache-2.0
// A user's mail, searched for a reason; and why a search finds a message, or does not.
import { announce, html, useAnswer, useEffect, useRef, useState, useWork } from './kit.js';
import { explain, searchMail, users } from './server.js';
import { Form, Heading, Note, Problem, Table, Text, Tick, UserNames } from './parts.js';
import { Explanation } from './explanation.js';
import { count, number, octets, time } from './format.js';

/** What was typed, while this tab is open: people go back and forth between views. */
const typed = { user: '', mailbox: '', query: '', reason: '', header: false, uid: '', messageId: '' };

export function useTyped() {
  const [, redraw] = useState(0);
  return [typed, (changes) => {
    Object.assign(typed, changes);
    redraw((before) => before + 1);
  }];
}

/** The names of James's users, for people to choose from while they type. */
export function useUserNames() {
  const { answer } = useAnswer(async (signal) => (await users(signal)).map((user) => user.username));
  return answer ?? [];
}

function Who({ form, set }) {
  return html`<${Text} label="User" required value=${form.user} onText=${(user) => set({ user })} list="users" />`;
}

function Reason({ form, set }) {
  return html`<${Text} label="Reason" required hint="Whose mail you look into, and why, is written to the audit log." wide
    value=${form.reason} onText=${(reason) => set({ reason })} placeholder="a ticket, a request" />`;
}

function Found({ found, asked, onExplain }) {
  const shown = found.messages.length;
  const field = (name) => ({ title: name, cell: (row) => row.header[name] ?? '' });
  return html`<section aria-labelledby="found"><h2 id="found" tabindex="-1">${count(found.total, 'message')} found</h2>
    ${found.total > shown && html`<p class="faint">The first ${number(shown)} are listed.</p>`}
    <${Table} caption="Messages found" rows=${found.messages} rowKey=${(row) => `${row.mailboxId}/${row.uid}`}
      empty="No message matches. If one should, explain the search for it below." columns=${[
    { title: 'Mailbox', by: (row) => row.mailbox, cell: (row) => row.mailbox },
    { title: 'Uid', numeric: true, by: (row) => row.uid, cell: (row) => row.uid },
    { title: 'Arrived', by: (row) => row.internalDate, cell: (row) => time(row.internalDate) },
    ...(asked.header ? [field('From'), field('Subject')] : []),
    { title: 'Size', numeric: true, by: (row) => row.size, cell: (row) => octets(row.size) },
    { title: '', cell: (row) => html`<span class="buttons">
      <button type="button" class="plain small" onClick=${() => onExplain(row)}>Explain<span class="unseen"> uid ${row.uid}</span></button>
      <a class="button plain small" href=${`#/why/${encodeURIComponent(`${asked.user} ${row.uid} ${row.mailbox}`)}`}>Why here?</a></span>` },
  ]} />
  </section>`;
}

function Search({ form, set, onExplain }) {
  const { run, busy, error, answer } = useWork();
  const send = () => run(async () => {
    const asked = {
      user: form.user.trim(), mailbox: form.mailbox.trim(), query: form.query.trim(), reason: form.reason.trim(), header: form.header,
    };
    const found = await searchMail(asked);
    announce(`${count(found.total, 'message')} found`);
    return { found, asked };
  });
  return html`<section aria-labelledby="search"><h2 id="search">Search a user's mail</h2>
    <${Form} label="Search" onSend=${send}>
      <div class="grid">
        <${Who} form=${form} set=${set} />
        <${Text} label="Mailbox" hint="all of the user's where empty" value=${form.mailbox} onText=${(mailbox) => set({ mailbox })} />
        <${Text} label="Search" required wide hint=${html`In the syntax of IMAP: <code>FROM bob SINCE 1-May-2026</code>, <code>BODY "office hours"</code>`}
          value=${form.query} onText=${(query) => set({ query })} />
        <${Reason} form=${form} set=${set} />
      </div>
      <${Tick} label="Show From and Subject of what is found" value=${form.header} onTick=${(header) => set({ header })} />
      <${Problem} error=${error} />
      <p class="buttons"><button type="submit" disabled=${busy}>${busy ? 'Searching …' : 'Search'}</button></p>
    <//>
    ${answer && html`<${Found} ...${answer} onExplain=${onExplain} />`}
  </section>`;
}

function Explain({ form, set, at }) {
  const { run, busy, error, answer } = useWork();
  const heading = useRef(null);
  const send = () => run(async () => {
    const id = form.messageId.trim();
    const explained = await explain({
      user: form.user.trim(), query: form.query.trim(), reason: form.reason.trim(),
      ...(id === '' ? { mailbox: form.mailbox.trim() || 'INBOX', uid: Number(form.uid) } : { mailbox: form.mailbox.trim(), messageId: id }),
    });
    announce('The search is explained');
    return explained;
  });
  useEffect(() => {
    if (at > 0) {
      send();
      heading.current.focus();
    }
  }, [at]);
  return html`<section aria-labelledby="explain"><h2 id="explain" tabindex="-1" ref=${heading}>Explain a search</h2>
    <p>Why does the search find this message, or not? The answer shows the words around what is sought.</p>
    <${Form} label="Explain" onSend=${send}>
      <div class="grid">
        <${Who} form=${form} set=${set} />
        <${Text} label="Search" required wide value=${form.query} onText=${(query) => set({ query })} />
        <${Text} label="Mailbox" value=${form.mailbox} onText=${(mailbox) => set({ mailbox })} placeholder="INBOX" />
        <${Text} label="Uid of the message" value=${form.uid} inputmode="numeric" pattern="[0-9]*" onText=${(uid) => set({ uid, messageId: '' })} />
        <${Text} label="or its Message-ID" wide value=${form.messageId} onText=${(messageId) => set({ messageId, uid: '' })} placeholder="<...@...>" />
        <${Reason} form=${form} set=${set} />
      </div>
      <${Problem} error=${error} />
      <p class="buttons"><button type="submit" disabled=${busy}>${busy ? 'Explaining …' : 'Explain'}</button></p>
    <//>
    ${answer && answer.map((each) => html`<${Explanation} explained=${each} key=${`${each.mailboxId}/${each.uid}`} />`)}
  </section>`;
}

export function Mail() {
  const [form, set] = useTyped();
  const names = useUserNames();
  const [at, setAt] = useState(0);
  return html`<${Heading}>Find mail<//>
    <${UserNames} id="users" names=${names} />
    <${Note}>Each request needs a reason and is written to the audit log: who asks, whose mail, and why. What you search
      for and what is found are not.<//>
    <${Search} form=${form} set=${set} onExplain=${(row) => {
    set({ mailbox: row.mailbox, uid: String(row.uid), messageId: '' });
    setAt(at + 1);
  }} />
    <${Explain} form=${form} set=${set} at=${at} />`;
}
