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

    R address(MailKey.Address key);

    R body(MailKey.Body key);

    R header(MailKey.Header key);

    R subject(MailKey.Subject key);

    R text(MailKey.Text key);

    R flagSet(MailKey.FlagSet key);

    R flagUnset(MailKey.FlagUnset key);

    R keyword(MailKey.Keyword key);

    R unkeyword(MailKey.Unkeyword key);

    R session(SessionKey key);

    R internalDate(MailKey.InternalDate key);

    R sentDate(MailKey.SentDate key);

    R saveDate(MailKey.SaveDate key);

    R saveDateSupported(MailKey.SaveDateSupported key);

    R older(MailKey.Older key);

    R younger(MailKey.Younger key);

    R larger(MailKey.Larger key);

    R smaller(MailKey.Smaller key);

    R uid(StoreKey.Uid key);

    R modSeq(StoreKey.ModSeq key);

    R emailId(StoreKey.EmailId key);

    R threadId(StoreKey.ThreadId key);
}
