/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.editing;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The characters of an XML file and the encoding that they have there. */
record XmlText(String text, Charset charset) {
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    /** Of a file that a parser has read before, or will read. */
    static XmlText of(byte[] octets) {
        Charset charset = charset(octets);
        return new XmlText(new String(octets, charset), charset);
    }

    private static Charset charset(byte[] octets) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(octets));
            return Optional.ofNullable(reader.getCharacterEncodingScheme())
                    .or(() -> Optional.ofNullable(reader.getEncoding()))
                    .map(Charset::forName)
                    .orElse(StandardCharsets.UTF_8);
        } catch (XMLStreamException | IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** The JDK's own, which reads nothing outside the text. */
    static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** The number of the line, from 1 on, in which a character stands. */
    static int lineAt(String text, int position) {
        return 1 + (int) LINE_END.matcher(text.substring(0, position)).results().count();
    }

    /** Whether the encoding has all these characters. */
    boolean canHold(String characters) {
        return charset.newEncoder().canEncode(characters);
    }

    byte[] encode(String changed) {
        return changed.getBytes(charset);
    }
}
