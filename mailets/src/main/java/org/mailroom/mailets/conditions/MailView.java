/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.conditions;

import java.time.Instant;
import org.mailroom.search.match.NormalisedText;

/**
 * Shows a mail at one moment to any number of conditions: it reads the message once, when the first condition asks for
 * it. The mail must not be changed meanwhile. Not thread-safe.
 */
public final class MailView {
    private final String mail;
    private final NormalisedText text;
    private final Instant now;

    /** @param mail its name */
    MailView(String mail, NormalisedText text, Instant now) {
        this.mail = mail;
        this.text = text;
        this.now = now;
    }

    /** The name of the mail, for messages. */
    String mail() {
        return mail;
    }

    NormalisedText text() {
        return text;
    }

    Instant now() {
        return now;
    }
}
