/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.util.BytesRef;
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
    /** Marks documents of which something is not indexed, or in another way. */
    static final String STATE = "state";

    static final String INCOMPLETE_HEADER = "header";
    static final String INCOMPLETE_BODY = "body";

    /** Marks documents of messages that have an attachment. */
    static final String ATTACHMENT = "attachment";

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

    /** By text field, the one of the forms of addresses that the decoded values do not have. */
    static final Map<String, String> ADDRESSES =
            Map.of(FROM, "fromaddresses", TO, "toaddresses", CC, "ccaddresses", BCC, "bccaddresses");

    /** Those of the names whose fields stand in {@link #HEADER}, in their order. */
    static final String HEADER_NAMES = "headernames";

    /** How many positions of {@link #HEADER} each of these names has: see {@link HeaderPositions}. */
    static final String HEADER_LENGTHS = "headerlengths";

    /** The characters of {@link #BODY}. */
    static final String BODY_CHARACTERS = "bodycharacters";

    /** The longest name that is a term as it is, in UTF-16 units. */
    private static final int MAX_NAME = 1_000;

    private Fields() {}

    /** The one of {@link #ADDRESSES} for {@code own}, the text field of a header field of addresses. */
    static String addresses(String own) {
        return Objects.requireNonNull(ADDRESSES.get(own), own);
    }

    /** The {@link #STATE} of documents with words in pieces ({@link WordPieces}) in a text field. */
    static String pieces(String field) {
        return "pieces." + field;
    }

    /** A header field's folded name as a term. A hash distinguishes the longest, which are longer than any other. */
    static BytesRef name(String folded) {
        if (folded.length() <= MAX_NAME) {
            return new BytesRef(folded);
        }
        String hash = HexFormat.of().formatHex(sha256().digest(folded.getBytes(StandardCharsets.UTF_8)));
        return new BytesRef(folded.substring(0, MAX_NAME - hash.length() + 1) + hash);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What relevance is computed from; there only where it is asked for ({@link IndexSettings#fuzzy}). */
    static String relevance(RelevanceField field) {
        return "relevance." + field.name().toLowerCase(Locale.ROOT);
    }
}
