/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.wire;

import org.apache.james.imap.api.display.HumanReadableText;

/** Makes the text of a status response (RFC 9051 section 7.1), with James's response class around it. */
public final class StatusText {
    private StatusText() {}

    /** {@code text} with everything replaced that may not stand in a response line. */
    public static HumanReadableText of(String text) {
        return new HumanReadableText("org.mailroom", text.replaceAll("[^ -~]", "?"));
    }

    /** As {@link #of(String)}, with a response code before it: James lets no one make codes that it does not know. */
    public static HumanReadableText of(String code, String text) {
        return of("[" + code + "] " + text);
    }
}
