/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.webadmin;

import java.util.Locale;
import java.util.Map;
import org.mailroom.mailbox.search.RunningSearch;

/**
 * Shows a search as JSON.
 *
 * @param id to cancel it by
 * @param user who searches
 * @param mailboxId in which mailbox
 * @param keys how many search keys of each kind it has
 * @param since when it was asked for, in ISO 8601
 * @param state waiting, indexing or running
 * @param workedMillis how long it has worked
 * @param waitedMillis how long it has waited for its turn
 * @param indexingMillis how long it has waited for its mailbox to be indexed
 * @param terms of dictionaries that it has looked at
 * @param documents of the index that it has looked at
 * @param messages that it has read
 */
public record SearchResponse(
        String id,
        String user,
        String mailboxId,
        Map<String, Integer> keys,
        String since,
        String state,
        long workedMillis,
        long waitedMillis,
        long indexingMillis,
        long terms,
        long documents,
        long messages) {

    static SearchResponse of(RunningSearch search) {
        return new SearchResponse(
                String.valueOf(search.id()),
                search.user(),
                search.mailbox(),
                search.keys(),
                search.since().toString(),
                search.state().name().toLowerCase(Locale.ROOT),
                search.worked().toMillis(),
                search.waited().toMillis(),
                search.indexing().toMillis(),
                search.work().terms(),
                search.work().documents(),
                search.work().messages());
    }
}
