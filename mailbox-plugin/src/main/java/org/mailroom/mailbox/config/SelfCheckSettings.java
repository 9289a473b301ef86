/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.config;

/**
 * How much is compared with {@code match} in the background.
 *
 * @param searchesPerMillion of how many live searches among a million the answer is compared; at most one a minute
 * @param messagesPerThousand how many of a thousand stored messages are compared each day
 * @param messagesPerSecond how fast at most
 */
public record SelfCheckSettings(int searchesPerMillion, int messagesPerThousand, int messagesPerSecond) {

    /** What holds without the file. */
    public static final SelfCheckSettings DEFAULT = new SelfCheckSettings(1_000, 10, 5);
}
