/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.trial;

import java.time.Instant;
import javax.mail.Flags;

/**
 * A message from a file, ready to be appended.
 *
 * @param content the whole message with CRLF line ends
 * @param received its internal date
 * @param flags its flags and keywords
 */
record SourceMessage(byte[] content, Instant received, Flags flags) {}
