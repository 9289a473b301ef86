/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Stores and finds messages: one Lucene index per user. Lease a {@link org.mailroom.search.index.UserIndex} from {@link
 * org.mailroom.search.index.UserIndexes}. Messages, flag changes and expunges come in from the sync, search keys come
 * in from commands and rules, uids go out. For each mailbox an index keeps a {@link org.mailroom.search.index.Watermark}: how far it has seen the
 * mailbox. Nothing in an index is the only copy of anything.
 *
 * <p><b>How a string is found.</b> Normalised text is cut at its spaces, and before each {@code @}, into words, with
 * their punctuation, and single ideographs, without losing anything ({@code lexicon.Tokens}). A string of several
 * tokens is a run of consecutive positions whose first term may be longer at its beginning and whose last at its end
 * ({@code Phrase}); a string of one token is any term that has it within; a single character in a body is a term of a
 * field of its own ({@code CharacterStream}). A lexicon that is written with each segment finds the terms that have a
 * piece of text within ({@code lexicon.LexiconFormat}): for each trigram the blocks of the dictionary that have it. So
 * hardly anything is verified against text, and nothing has to be kept in step. What a string was found in is
 * remembered for each segment ({@code SegmentMatchCache}).
 *
 * <p><b>What is where.</b> Subject, From, To, Cc and Bcc have a field each, all other header fields share one in which
 * those of a name stand together ({@code HeaderPositions}), the body has one. Flags, dates and sizes are doc values,
 * and so is what SORT and THREAD go by ({@code order.OrderValues}): texts as sorted doc values, message ids as eight
 * octets each. Changes of flags come into them some at a time, and are known to searches before ({@code
 * PendingFlagChanges}); the few messages that came or went last are matched against keys one by one, and put in order
 * beside the segments, so that a search or SORT right after one need not wait for a segment ({@code UnrefreshedChanges}). A
 * segment is sorted by mailbox and uid.
 *
 * <p><b>FUZZY</b> has fields of its own, one for each of {@code relevance.RelevanceField}, where that is switched on. What
 * is like a string ({@code FuzzyScores}) is added to what the string is found in; how relevant that is ({@code
 * RelevancyScores}) is computed when it is asked for.
 *
 * <p><b>Long words</b> are indexed in pieces that overlap ({@code WordPieces}), so that nothing of them is left out.
 *
 * <p><b>What cannot be decided</b> (text past a limit, signature fields, strings longer than what two pieces have in
 * common) is found by asking twice, for what matches for certain and for what may match ({@code LeafSearch}), and reading
 * what lies between; what that says is remembered for each segment ({@code ReadMatchCache}). A search that depends on text
 * that nobody may read is refused ({@code match.TextLimitException}).
 */
package org.mailroom.search.index;
