/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Locale;
import java.util.Set;

/**
 * Says which parts are attachments: files that somebody added to the text. Signatures and what encryption consists of
 * are none, and neither are images that are shown inside the text.
 */
final class Attachments {

    private static final Set<String> NEVER = Set.of(
            "application/pgp-signature",
            "application/x-pgp-signature",
            "application/pgp-encrypted",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature",
            "application/pkcs7-mime",
            "application/x-pkcs7-mime");
    private static final Set<String> NEVER_NAMED = Set.of("smime.p7s", "smime.p7m", "signature.asc", "encrypted.asc");
    private static final Set<String> SHOWN = Set.of("image", "audio", "video");

    private Attachments() {}

    /**
     * @param type of the part in lower case, {@link PartDescriptor#MESSAGE} for attached messages
     * @param disposition the value of Content-Disposition in lower case, or empty
     * @param hasContentId whether other parts can refer to it
     * @param fileName or empty
     */
    static boolean contain(String type, String disposition, boolean hasContentId, String fileName) {
        if (type.startsWith("multipart/")
                || NEVER.contains(type)
                || NEVER_NAMED.contains(fileName.toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (disposition.equals("attachment") || type.equals(PartDescriptor.MESSAGE)) {
            return true;
        }
        if (type.startsWith("text/") || type.startsWith("message/")) {
            return false;
        }
        boolean inline = disposition.equals("inline");
        boolean shown = SHOWN.contains(type.substring(0, type.indexOf('/'))) && (inline || hasContentId);
        return !shown && !(inline && fileName.isEmpty());
    }
}
