/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.imap.search;

/**
 * Whether FUZZY finds more than its key and tells how relevant it is (RFC 6203). Where it does not, SEARCH=FUZZY is not
 * announced; commands with FUZZY and RELEVANCY are answered all the same, every message being as relevant.
 */
public record FuzzySearch(boolean announced) {}
