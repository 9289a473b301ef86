/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.store;

/**
 * What James itself searches with. Mailroom's IMAP commands do not ask it; a server without Mailroom does, and the benchmark
 * compares with that.
 */
public enum JamesSearch {
    /** Reads every message. */
    SCAN,
    /** James's own Lucene index. */
    LUCENE
}
