/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.check;

import org.mailroom.search.query.AttachmentKeyword;
import org.mailroom.search.query.MailKey;
import org.mailroom.search.query.SearchKey;
import org.mailroom.search.query.SearchKeyTree;
import org.mailroom.search.query.SessionKeys;

/**
 * Rewrites a condition so that stored messages answer it as they did when they arrived: without flags, new, and not
 * saved anywhere. The text of a message, its size and its internal date have not changed since.
 */
public final class ArrivalKeys {
    private static final SearchKey NOTHING = SessionKeys.NOTHING;
    private static final SearchKey ALL = new SearchKey.All();

    private ArrivalKeys() {}

    /** The condition that a stored message answers as it did then. */
    public static SearchKey asked(SearchKey key) {
        return SearchKeyTree.replace(key, ArrivalKeys::onArrival);
    }

    private static SearchKey onArrival(SearchKey key) {
        if (asksAttachment(key)) {
            return key;
        } else if (key instanceof MailKey.SaveDate saved) {
            return new MailKey.InternalDate(saved.relation(), saved.date());
        } else if (key instanceof MailKey.FlagSet
                || key instanceof MailKey.Keyword
                || key instanceof MailKey.SaveDateSupported
                || key instanceof MailKey.Older) {
            return NOTHING;
        } else if (key instanceof MailKey.FlagUnset
                || key instanceof MailKey.Unkeyword
                || key instanceof MailKey.Younger) {
            return ALL;
        }
        return key;
    }

    /** What the parts of a message say holds on arrival too. */
    private static boolean asksAttachment(SearchKey key) {
        return key instanceof MailKey.Keyword with
                        && AttachmentKeyword.of(with.keyword()).isPresent()
                || key instanceof MailKey.Unkeyword without
                        && AttachmentKeyword.of(without.keyword()).isPresent();
    }
}
