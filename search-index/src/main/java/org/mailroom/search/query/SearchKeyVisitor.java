/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.query;

/**
 * Says what to do with each kind of search key: Java 17 cannot switch over a sealed interface, so this stands in, and a
 * new kind of key does not compile until every implementation deals with it.
 *
 * @param <R> what comes of a key
 */
public interface SearchKeyVisitor<R> {

    R all(SearchKey.All key);

    R and(SearchKey.And key);

    R or(SearchKey.Or key);

    R not(SearchKey.Not key);

    R fuzzy(SearchKey.Fuzzy key);

    R address(SearchKey.AddressKey key);

    R body(SearchKey.Body key);

    R header(SearchKey.Header key);

    R subject(SearchKey.Subject key);

    R text(SearchKey.Text key);

    R flagSet(SearchKey.FlagSet key);

    R flagUnset(SearchKey.FlagUnset key);

    R keyword(SearchKey.Keyword key);

    R unkeyword(SearchKey.Unkeyword key);

    R session(SearchKey.SessionKey key);

    R internalDate(SearchKey.InternalDate key);

    R sentDate(SearchKey.SentDate key);

    R saveDate(SearchKey.SaveDate key);

    R saveDateSupported(SearchKey.SaveDateSupported key);

    R older(SearchKey.Older key);

    R younger(SearchKey.Younger key);

    R larger(SearchKey.Larger key);

    R smaller(SearchKey.Smaller key);

    R uid(SearchKey.Uid key);

    R modSeq(SearchKey.ModSeq key);

    R emailId(SearchKey.EmailId key);

    R threadId(SearchKey.ThreadId key);
}
