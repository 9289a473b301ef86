/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mailroom.search.relevance.RelevanceField;

/** The names of the index's fields and terms. A change here is a change of {@link IndexFormat}. */
final class Fields {
    /** The mailbox's id; the index is sorted by it and by the uid. */
    static final String MAILBOX = "mailbox";

    static final String UID = "uid";
    /** Mailbox and uid in one term, by which documents are updated. */
    static final String KEY = "key";

    static final String FLAGS = "flags";
    static final String KEYWORDS = "keywords";
    static final String MODSEQ = "modseq";
    static final String INTERNAL_DATE = "internaldate";
    static final String SAVE_DATE = "savedate";
    static final String SENT_DATE = "sentdate";
    static final String SIZE = "size";
    static final String EMAIL_ID = "emailid";
    static final String THREAD_ID = "threadid";

    /** What SORT and THREAD go by, besides the numbers above. */
    static final String SENT_TIME = "senttime";

    static final String BASE_SUBJECT = "basesubject";
    static final String FROM_MAILBOX = "frommailbox";
    static final String TO_MAILBOX = "tomailbox";
    static final String CC_MAILBOX = "ccmailbox";
    static final String FROM_DISPLAY = "fromdisplay";
    static final String TO_DISPLAY = "todisplay";
    static final String ANCESTRY = "ancestry";

    /** The names of a message's header fields, in lower case. */
    static final String NAME = "name";
    /** Marks documents of which something is not indexed. */
    static final String STATE = "state";

    /** Marks documents of messages that have an attachment. */
    static final String ATTACHMENT = "attachment";

    static final String INCOMPLETE = "incomplete";

    /** The text fields: one for each header field with a search key of its own, one for the others, the body. */
    static final String SUBJECT = "subject";

    static final String FROM = "from";
    static final String TO = "to";
    static final String CC = "cc";
    static final String BCC = "bcc";
    static final String HEADER = "header";
    static final String BODY = "body";

    /** Every text field, the cheap ones first. */
    static final List<String> TEXT = List.of(SUBJECT, FROM, TO, CC, BCC, HEADER, BODY);

    /** The header fields, by lower-case name, that have a text field of their own. */
    static final Map<String, String> OWN_FIELD =
            Map.of("subject", SUBJECT, "from", FROM, "to", TO, "cc", CC, "bcc", BCC);

    /** Those of the names whose fields stand in {@link #HEADER}, in their order. */
    static final String HEADER_NAMES = "headernames";

    /** How many positions of {@link #HEADER} each of these names has: see {@link HeaderPlaces}. */
    static final String HEADER_LENGTHS = "headerlengths";

    /** The characters of {@link #BODY}. */
    static final String BODY_CHARACTERS = "bodycharacters";

    private Fields() {}

    /** What relevance is computed from; there only where it is asked for ({@link IndexSettings#fuzzy}). */
    static String relevance(RelevanceField field) {
        return "relevance." + field.name().toLowerCase(Locale.ROOT);
    }
}
