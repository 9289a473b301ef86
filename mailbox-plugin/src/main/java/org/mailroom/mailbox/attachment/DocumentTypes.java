/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.attachment;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which parts of messages are documents, and what a server may know of their names. */
final class DocumentTypes {
    private static final Set<String> WITHOUT_TEXT = Set.of(
            "application/pgp-signature",
            "application/pgp-encrypted",
            "application/pgp-keys",
            "application/pkcs7-signature",
            "application/x-pkcs7-signature");

    private static final Pattern ENDING = Pattern.compile("\\.([A-Za-z0-9]{1,10})$");

    private DocumentTypes() {}

    /** Whether it is worth to look for text in a part of this type: not in pictures, sounds, films, fonts and signatures. */
    static boolean mayHaveText(String mediaType) {
        String type = mediaType.substring(0, Math.max(0, mediaType.indexOf('/')));
        return switch (type) {
            case "image", "audio", "video", "font" -> false;
            default -> !WITHOUT_TEXT.contains(mediaType);
        };
    }

    /** A name with the part's ending; where it has none and the content alone does not tell the type, with the type's. */
    static String fileName(String mediaType, Optional<String> fileName) {
        return "attachment"
                + fileName.map(ENDING::matcher)
                        .filter(Matcher::find)
                        .map(found -> "." + found.group(1).toLowerCase(Locale.ROOT))
                        .orElse(ending(mediaType));
    }

    private static String ending(String mediaType) {
        return switch (mediaType) {
            case "application/pkcs7-mime", "application/x-pkcs7-mime" -> ".p7m";
            case "application/msword" -> ".doc";
            case "application/vnd.ms-excel" -> ".xls";
            case "application/vnd.ms-powerpoint" -> ".ppt";
            default -> "";
        };
    }
}
