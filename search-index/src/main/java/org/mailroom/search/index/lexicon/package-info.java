/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Finds the terms of an index that a piece of a searched string stands for. {@link
 * org.mailroom.search.index.lexicon.Tokens} cuts a text into the terms of the index; {@link
 * org.mailroom.search.index.lexicon.TermPattern} says which terms fit one token of a searched string; {@link
 * org.mailroom.search.index.lexicon.Lexicon#visit} visits these terms. {@link
 * org.mailroom.search.index.lexicon.LexiconFormat} makes Lucene write a lexicon of trigrams beside the dictionary of a
 * field. Terms come in while a segment is written, terms go out when a search asks. This package knows nothing of
 * messages, mailboxes and search keys.
 */
package org.mailroom.search.index.lexicon;
