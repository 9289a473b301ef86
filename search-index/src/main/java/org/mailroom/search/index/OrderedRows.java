/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.io.IOException;
import org.apache.lucene.util.BytesRef;
import org.mailroom.search.control.SearchControl;

/**
 * Some of the messages that {@link OrderedDocuments} puts in order, by ascending uid, and their values. Messages are
 * numbered from 0 on; each has a row among all messages. For one thread.
 */
interface OrderedRows {
    /** The row of each message. {@link OrderedDocuments} writes to it. */
    int[] rows();

    /** For each message that has a number: {@code column} has it at the message's row from now on, times {@code factor}. */
    void fill(String field, long factor, long[] column, SearchControl control) throws IOException;

    /** The strings that the messages have in a field. */
    GlobalOrdinals.Strings strings(String field, SearchControl control) throws IOException;

    /** Reads what {@link AncestryBytes} wrote. */
    interface Ancestries {
        /** That of a message, to be asked for by ascending number. */
        BytesRef of(int message) throws IOException;
    }

    Ancestries ancestries() throws IOException;
}
