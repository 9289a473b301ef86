/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the octets of a text part: in its charset, and as visible text where it is HTML. */
final class TextPart {

    private static final Set<String> HTML = Set.of("text/html", "text/htm", "text/xhtml");

    /** How far into a document its charset may stand; HTML wants it in the first 1024 octets. */
    private static final int META_WITHIN = 4096;

    private static final Pattern META_CHARSET = Pattern.compile(
            "<meta\\s[^>]{0,200}?charset\\s{0,9}=\\s{0,9}[\"']?\\s{0,9}([A-Za-z0-9_:.+-]{1,40})",
            Pattern.CASE_INSENSITIVE);

    private TextPart() {}

    static String read(PartDescriptor part, byte[] octets) {
        boolean html = HTML.contains(part.mimeType());
        String source = MailCharset.named(part.charset())
                .map(charset -> MailCharset.decode(charset, octets, 0, octets.length))
                .orElseGet(() -> undeclared(octets, html));
        return html ? HtmlText.of(source) : source;
    }

    private static String undeclared(byte[] octets, boolean html) {
        if (html) {
            Optional<Charset> own = metaCharset(octets);
            if (own.isPresent()
                    && (isAscii(octets)
                            || MailCharset.validUtf8(octets, 0, octets.length).isEmpty())) {
                return MailCharset.decode(own.get(), octets, 0, octets.length);
            }
        }
        return MailCharset.decodeUndeclared(octets, 0, octets.length);
    }

    private static Optional<Charset> metaCharset(byte[] octets) {
        Matcher meta = META_CHARSET.matcher(
                new String(octets, 0, Math.min(octets.length, META_WITHIN), StandardCharsets.ISO_8859_1));
        return meta.find() ? MailCharset.named(meta.group(1)) : Optional.empty();
    }

    private static boolean isAscii(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }
}
