/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.config;

import java.net.URI;
import java.time.Duration;

/**
 * The Tika server that draws text from attachments.
 *
 * @param server its root, {@code http} or {@code https}
 * @param timeout how long one attachment may take
 * @param maxOctets attachments that are larger are not sent
 * @param connections attachments that are sent at a time; each is held in memory meanwhile
 */
public record AttachmentSettings(URI server, Duration timeout, int maxOctets, int connections) {}
