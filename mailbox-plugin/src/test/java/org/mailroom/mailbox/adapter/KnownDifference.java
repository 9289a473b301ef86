/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

/** Where James's scanning search answers otherwise than RFC 3501 and our contract: one by one, and why we are right. */
enum KnownDifference {
    /** James maps to upper case; we compare under i;unicode-casemap, so that {@code cafe} finds {@code café}. */
    UPPER_CASE_ONLY,
    /** James takes line breaks and runs of blanks literally; a text wrapped over two lines is not found. */
    WHITE_SPACE_COUNTS,
    /** James reads 8-bit and damaged encoded words of header fields as mime4j does, not as UTF-8 or windows-1252. */
    DECODED_BY_MIME4J,
    /** James's store ends a damaged header (bare line feeds, no blank line) before its end: its fields are not found. */
    HEADER_CUT_SHORT,
    /** FROM, TO, CC and BCC: James looks at the first field of that name only; RFC 3501 says no such thing. */
    FIRST_FIELD_ONLY,
    /** FROM, TO, CC and BCC: James looks at addresses as it would write them, and at the encoded field too. */
    ADDRESSES_WRITTEN_ANEW,
    /** SENTON and the like: James moves the date to UTC; RFC 3501 disregards time and zone. */
    SENT_DATE_IN_UTC,
    /** SENTON and the like: James's strict parser cannot read a date that can be read, or reads it otherwise. */
    SENT_DATE_UNREADABLE,
    /** OLDER and YOUNGER: James writes the hour after midnight as 24, which puts it at the end of its day. */
    MIDNIGHT_IS_24,
    /**
     * BODY and TEXT: James looks at the source: HTML with its tags, pictures as characters, encoded header fields, those
     * of parts too, what stands around parts; not at file names; and at nothing after a charset that it does not know.
     */
    SEARCHES_THE_SOURCE,
    /** BODY and TEXT: mime4j's scanner loses a string that begins within a false start or ends with its part. */
    SCANNER_LOSES_TRACK,
    /** A message that mime4j cannot scan (an unknown charset) matches no query that has BODY or TEXT, not even a NOT. */
    UNREADABLE_MATCHES_NOTHING,
    /** A uid set anywhere in the query, even under OR and NOT, keeps James from looking at other messages. */
    UIDS_ANYWHERE_LIMIT_ALL
}
