/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.adapter;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.apache.james.mailbox.model.Header;
import org.mailroom.search.match.MessageMetadata;
import org.mailroom.search.match.MessageView;
import org.mailroom.search.text.MessageText;

/**
 * A message as both searches see it.
 *
 * @param name where it comes from
 * @param jamesHeader its header fields as James's store gives them
 */
record ComparedMessage(String name, byte[] octets, MessageMetadata metadata, MessageText text, List<Header> jamesHeader)
        implements MessageView {

    ByteArrayInputStream stream() {
        return new ByteArrayInputStream(octets);
    }

    List<String> jamesValues(String field) {
        return jamesHeader.stream()
                .filter(header -> header.getName().equalsIgnoreCase(field))
                .map(Header::getValue)
                .toList();
    }

    @Override
    public String toString() {
        return name + " (uid " + metadata.uid() + ")";
    }
}
