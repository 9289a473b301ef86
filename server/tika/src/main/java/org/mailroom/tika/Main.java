/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.tika;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Serves on the loopback port that is its only argument, until its standard input ends: so it never outlives the process
 * that started it.
 */
public final class Main {
    private static final Duration PARSE_LIMIT = Duration.ofMinutes(2);

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        DocumentServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PARSE_LIMIT);
        System.out.println("Reading attachments on port " + port);
        while (System.in.read() >= 0) {
            // what comes in means nothing
        }
        System.exit(0);
    }
}
