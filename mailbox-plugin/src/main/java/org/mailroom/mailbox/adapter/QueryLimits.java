/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.nio.charset.StandardCharsets;
import org.apache.james.mailbox.exception.MailboxException;
import org.mailroom.search.query.SearchLimits;

/** Refuses queries that ask for more than a search may, as the parser does for IMAP. For one query. */
final class QueryLimits {
    private final SearchLimits limits;
    private int criteria;
    private long octets;

    QueryLimits(SearchLimits limits) {
        this.limits = limits;
    }

    /** One more criterion, {@code depth} levels below the query. */
    void criterion(int depth) throws MailboxException {
        if (depth > limits.depth()) {
            throw new MailboxException("the search nests criteria deeper than " + limits.depth() + " levels");
        }
        if (++criteria > limits.keys()) {
            throw new MailboxException("the search has more than " + limits.keys() + " criteria");
        }
    }

    /** A string that is searched for. */
    String string(String value) throws MailboxException {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        octets += length;
        if (length > limits.stringOctets()) {
            throw new MailboxException("a string of the search has more than " + limits.stringOctets() + " octets");
        }
        if (octets > limits.octets()) {
            throw new MailboxException("the strings of the search have more than " + limits.octets() + " octets");
        }
        return value;
    }
}
