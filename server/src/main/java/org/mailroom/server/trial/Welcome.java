/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.io.PrintStream;

/** What a visitor reads when the server is ready. */
public record Welcome(Ports ports, WorkingDirectory directory, boolean inMemory) {

    /** Prints where everything is, and three things to try. */
    public void print(PrintStream out) {
        out.printf(
                """

                James is ready. It listens on 127.0.0.1 only.

                  IMAP      %d  (STARTTLS offered)      IMAPS  %d  (self-signed certificate)
                  SMTP      %d                          webadmin  http://127.0.0.1:%d
                  admin     http://127.0.0.1:%d/mailroom/  shows health, users, searches and rules in a browser
                  users     %s, %s   password  %s
                  shared    Bob's mailbox %s; Alice opens it authorised as Bob, see 1.
                  mail      %s
                  log       %s

                Try:

                  1. Search from the command line (numbers are those of the messages found):
                     curl -s 'imap://127.0.0.1:%d/INBOX' -u %s:%s -X 'UID SEARCH TEXT "invoice"'
                     curl -s 'imap://127.0.0.1:%d/%s' -u %s:%s --login-options AUTH=PLAIN --sasl-authzid %s \\
                       -X 'UID SEARCH BODY "ring_buffer"'

                  2. Any mail client (Thunderbird, Apple Mail, K-9, mutt): a new account with
                     IMAP server 127.0.0.1, port %d, no encryption or STARTTLS, normal password, user %s
                     SMTP server 127.0.0.1, port %d, no encryption, no authentication

                  3. By hand, over TLS (or: telnet 127.0.0.1 %d):
                     openssl s_client -quiet -crlf -connect 127.0.0.1:%d
                     a LOGIN %s %s
                     b SELECT INBOX
                     c SEARCH RETURN (COUNT ALL) OR SUBJECT "Straße" TEXT "ring_buffer"

                Ctrl-C stops the server.
                """,
                ports.imap(),
                ports.imaps(),
                ports.smtp(),
                ports.webadmin(),
                ports.webadmin(),
                Trial.ALICE,
                Trial.BOB,
                Trial.PASSWORD,
                Trial.SHARED,
                inMemory ? "in memory, gone when the server stops" : directory.database(),
                directory.log(),
                ports.imap(),
                Trial.ALICE,
                Trial.PASSWORD,
                ports.imap(),
                Trial.SHARED,
                Trial.ALICE,
                Trial.PASSWORD,
                Trial.BOB,
                ports.imap(),
                Trial.ALICE,
                ports.smtp(),
                ports.imap(),
                ports.imaps(),
                Trial.ALICE,
                Trial.PASSWORD);
        out.flush();
    }
}
