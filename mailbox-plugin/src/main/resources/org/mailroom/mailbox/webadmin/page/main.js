// SPDX-License-Identifier: Apache-2.0
// The page for administrators of Mailroom: its frame, its views by address, and signing in.
import { html, render, announce, useEffect, useState } from './kit.js';
import * as server from './server.js';
import * as samples from './samples.js';
import { Field, Form, Heading, Problem, Tick } from './parts.js';
import { Overview } from './overview.js';
import { Users } from './users.js';
import { Searches } from './searches.js';
import { Tasks } from './tasks.js';
import { Mail } from './mail.js';
import { Rules } from './rules.js';
import { Plan, Runs } from './runs.js';
import { Why } from './why.js';

/** The word of the address, the title, the view; and the view in whose place it stands in the menu. */
const VIEWS = [
  ['overview', 'Overview', Overview],
  ['users', 'Users', Users],
  ['searches', 'Searches', Searches],
  ['tasks', 'Tasks', Tasks],
  ['mail', 'Find mail', Mail],
  ['rules', 'Rules', Rules],
  ['runs', 'Plans and runs', Runs],
  ['why', 'Why here?', Why],
  ['plans', 'Plan', Plan, 'runs'],
];

/** `#/users/alice%40example.org` is the view `users` with one more word. */
function place() {
  const words = location.hash.replace(/^#\/?/, '').split('/').filter((word) => word !== '').map(decode);
  const view = VIEWS.find(([key]) => key === words[0]) ?? VIEWS[0];
  return { key: view[0], title: view[1], View: view[2], menu: view[3] ?? view[0], word: words[1], hash: location.hash };
}

function decode(word) {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

function SignIn({ onSignedIn, said }) {
  const [value, setValue] = useState('');
  const [keep, setKeep] = useState(false);
  const [error, setError] = useState(undefined);
  const send = async () => {
    server.signIn(value, keep);
    try {
      await server.searches();
      onSignedIn();
    } catch (problem) {
      server.signOut();
      setError(problem);
    }
  };
  return html`<main class="sign-in" id="main">
    <${Heading}>Mailroom<//>
    <p>This James wants to know who you are. Enter your token for webadmin, or its password.</p>
    <${Form} label="Sign in" onSend=${send}>
      <${Field} label="Token or password" hint="It goes to this server only, in a header. It is never part of an address.">
        ${(tied) => html`<input type="password" required autocomplete="off" ...${tied} value=${value}
          onInput=${(event) => setValue(event.currentTarget.value)} />`}
      <//>
      <${Tick} label="Keep it until this tab is closed" hint="Otherwise a reload of the page forgets it." value=${keep} onTick=${setKeep} />
      <${Problem} error=${error ?? said} />
      <p class="buttons"><button type="submit">Sign in</button></p>
    <//>
  </main>`;
}

function Page() {
  const [at, setAt] = useState(place());
  // unknown until the server has been asked once
  const [allowed, setAllowed] = useState(undefined);
  const [error, setError] = useState(undefined);
  const [told, setTold] = useState(undefined);

  const check = async () => {
    try {
      await server.searches();
      setAllowed(true);
      setError(undefined);
    } catch (problem) {
      setError(problem);
      if (problem.status === 401) {
        setTold(server.hasToken() ? problem : undefined);
        setAllowed(false);
      } else if (problem.status === 404) {
        setAllowed(true);
      }
    }
  };

  useEffect(() => {
    server.whenNotAllowed(() => setAllowed(false));
    addEventListener('hashchange', () => setAt(place()));
    check();
  }, []);
  useEffect(() => {
    document.title = allowed ? `${at.title} – Mailroom` : 'Mailroom';
    if (allowed) {
      samples.start();
    } else {
      samples.stop();
    }
  }, [allowed, at.key]);

  if (allowed === undefined) {
    return html`<main id="main"><${Problem} error=${error} />
      ${error && html`<button type="button" onClick=${check}>Try again</button>`}</main>`;
  }
  if (!allowed) {
    return html`<${SignIn} said=${told} onSignedIn=${() => {
      announce('Signed in');
      setAllowed(true);
    }} />`;
  }
  const { View } = at;
  return html`
    <a class="skip" href="#main" onClick=${(event) => {
    event.preventDefault();
    document.querySelector('h1').focus();
  }}>Skip to the content</a>
    <header>
      <a class="brand" href="#/overview"><img src="page/icon.svg" alt="" width="24" height="24" /> Mailroom</a>
      <nav aria-label="Views"><ul>
        ${VIEWS.filter((view) => view[3] === undefined).map(([key, title]) => html`<li key=${key}>
          <a href=${`#/${key}`} aria-current=${key === at.menu ? 'page' : undefined}>${title}</a></li>`)}
      </ul></nav>
      ${server.hasToken() && html`<button type="button" class="plain" onClick=${() => {
    server.signOut();
    setTold(undefined);
    setAllowed(false);
  }}>Sign out</button>`}
    </header>
    <main id="main"><${View} key=${at.hash} word=${at.word} /></main>`;
}

render(html`<${Page} />`, document.getElementById('page'));
