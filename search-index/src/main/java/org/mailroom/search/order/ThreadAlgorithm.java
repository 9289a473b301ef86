/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.order;

/** How THREAD finds out what belongs together. */
public enum ThreadAlgorithm {
    /** By base subject, each thread flat (RFC 5256 section 3). */
    ORDEREDSUBJECT,
    /** By Message-ID, In-Reply-To and References, then by subject (RFC 5256 section 3). */
    REFERENCES,
    /**
     * As REFERENCES, but never by subject, and the thread whose newest message arrived last comes last
     * (draft-ietf-morg-inthread).
     */
    REFS
}
