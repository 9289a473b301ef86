/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.match;

import org.mailroom.search.text.MessageText;

/** Shows one message to search keys. */
public interface MessageView {
    MessageMetadata metadata();

    /** The text of the message; read when it is first asked for, so that keys on metadata cost no reading. */
    MessageText text();
}
