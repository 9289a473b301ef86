/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

/**
 * Says whether FUZZY finds more than its key and gives relevancies (RFC 6203). Where it does not, SEARCH=FUZZY is not
 * announced; commands with FUZZY and RELEVANCY are answered all the same, every message being as relevant.
 */
public record FuzzySearch(boolean announced) {}
