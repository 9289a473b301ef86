/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is a message about, and what is like it? For FUZZY (RFC 6203): the text of a message comes in and goes out as
 * terms ({@code RelevanceTerms}), what people type as a query of Lucene's ({@code LikenessQuery}). Nothing here knows
 * of mailboxes, search keys or documents, and exact search knows nothing of this.
 *
 * <p><b>Terms.</b> Unicode's words, ideographs as pairs, stemmed by the filters of Lucene's analyzers for nine languages,
 * without stop words and accents. The stems of all languages share one space: a space for each would keep apart the few
 * stems that two languages have in common, which a tolerance for typing errors brings together again, and would make
 * every look-up in the dictionary seven. Unstemmed words are not indexed: typing errors are looked for among stems,
 * where "recipies" is as near to "recipe" as it is to "recipes".
 *
 * <p><b>Languages</b> are recognised by counting stop words ({@code LanguageGuess}), scripts by letters. The libraries
 * for this are made of models of some ten megabytes, to tell apart a hundred languages; for telling which of seven
 * stemmers to use, the stop words that Lucene has anyway do as well, and where they do not, several stemmers are used.
 * A query is too short to be recognised: its words are stemmed in every language of their script.
 */
package org.mailroom.search.relevance;
