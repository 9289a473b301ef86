/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailroom.search.charset.MailCharset;

/** Reads the octets of a text part: in its charset, and as visible text where it is HTML. */
final class TextPart {

    private static final String HTML = "text/html";

    /** How far into a document its charset may stand; HTML wants it in the first 1024 octets. */
    private static final int META_WITHIN = 4096;

    private static final Pattern META_CHARSET = Pattern.compile(
            "<meta\\s[^>]{0,200}?charset\\s{0,9}=\\s{0,9}[\"']?\\s{0,9}([A-Za-z0-9_:.+-]{1,40})",
            Pattern.CASE_INSENSITIVE);

    private static final int MAX_DECLARATION = 256;

    private static final Pattern XML_ENCODING =
            Pattern.compile("<\\?xml\\s[^>]{0,200}?encoding\\s{0,9}=\\s{0,9}[\"']([A-Za-z0-9_:.+-]{1,40})");

    private TextPart() {}

    static String read(PartDescriptor part, byte[] octets) {
        String source = MailCharset.decode(declared(part, octets), octets);
        return isHtml(part) ? HtmlText.of(source) : source;
    }

    /** In which charset the octets are read, in words. */
    static String charset(PartDescriptor part, byte[] octets) {
        return MailCharset.describe(declared(part, octets), octets);
    }

    private static boolean isHtml(PartDescriptor part) {
        return part.mimeType().equals(HTML);
    }

    private static Optional<Charset> declared(PartDescriptor part, byte[] octets) {
        Optional<Charset> named = MailCharset.named(part.charset());
        return named.isEmpty() ? ownCharset(isHtml(part), octets) : named;
    }

    /**
     * The charset that a document names itself, unless it is wrong: where the document is UTF-8, or one in which none
     * could be named like this.
     */
    private static Optional<Charset> ownCharset(boolean html, byte[] octets) {
        return xmlCharset(octets)
                .or(() -> html ? metaCharset(octets) : Optional.empty())
                .filter(own ->
                        !own.equals(MailCharset.WINDOWS_1252) && !own.name().startsWith("UTF-16"))
                .filter(own -> isAscii(octets) || !MailCharset.isUtf8(octets));
    }

    private static Optional<Charset> xmlCharset(byte[] octets) {
        int start = 0;
        while (start < octets.length && start < META_WITHIN && octets[start] <= ' ' && octets[start] > 0) {
            start++;
        }
        if (octets.length - start < 2 || octets[start] != '<' || octets[start + 1] != '?') {
            return Optional.empty();
        }
        Matcher declaration = XML_ENCODING.matcher(new String(
                octets, start, Math.min(octets.length - start, MAX_DECLARATION), StandardCharsets.ISO_8859_1));
        return declaration.lookingAt() ? MailCharset.named(declaration.group(1)) : Optional.empty();
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
